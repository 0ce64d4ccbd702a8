// Rows as XML 1.0, in the shape of CKAN's dump.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/rows/row_writer.h"

namespace minato::formats {

// A column "_id" becomes an attribute of its row. Characters XML cannot hold are left out.
class XmlRowWriter final : public RowWriter {
 public:
  XmlRowWriter(std::vector<std::string> names, bool bom);

  void begin(std::string& out) override;
  void row(std::span<const core::ValueView> values, std::string& out) override;
  void end(std::string& out) override;

 private:
  std::vector<std::string> names_;  // XML names; empty for "_id"
  bool bom_;
};

// `name` with what an XML name cannot have as "_": "人口（人）" becomes "人口_人_".
std::string xml_name(std::string_view name);

}  // namespace minato::formats
