// The parts of an Office Open XML package (ISO/IEC 29500-2): a zip archive.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "core/error.h"
#include "tabular/tabular_file.h"

namespace minato::tabular {

class PartStream {
 public:
  virtual ~PartStream() = default;
  // Up to `size` bytes; 0 at the end only.
  virtual core::Result<std::size_t> read(char* out, std::size_t size) = 0;
};

// Part names are compared without case; a leading "/" does not matter.
class Package {
 public:
  virtual ~Package() = default;
  [[nodiscard]] virtual bool has(std::string_view part) const = 0;
  // A part that is missing is "workbook-damaged". The stream may outlive the package.
  virtual core::Result<std::unique_ptr<PartStream>> open(std::string_view part) = 0;
};

// All of a part. More than `max_bytes` is "workbook-too-large".
core::Result<std::string> read_part(Package& package, std::string_view part, std::size_t max_bytes);

// The form in which part names are compared: lower case, "/" between, none at the begin.
std::string part_key(std::string_view part);

// Bomb limits hold for what is unpacked, whatever the archive declares.
core::Result<std::shared_ptr<Package>> open_zip_package(const std::string& path,
                                                        const ReadLimits& limits);
core::Result<std::shared_ptr<Package>> open_zip_package_bytes(std::string bytes,
                                                              const ReadLimits& limits);

}  // namespace minato::tabular
