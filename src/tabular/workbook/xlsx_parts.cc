#include "tabular/workbook/xlsx_parts.h"

#include <map>
#include <pugixml.hpp>

#include "tabular/workbook/cell_text.h"
#include "tabular/workbook/workbook_errors.h"

namespace minato::tabular {
namespace {

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& parent, std::string_view name) {
  for (const pugi::xml_node node : parent.children()) {
    if (local_name(node.name()) == name) return node;
  }
  return {};
}

// The attribute of another namespace: "r:id" beside "id".
std::string_view prefixed_attribute(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute attribute : node.attributes()) {
    const std::string_view full = attribute.name();
    if (full.size() > name.size() && local_name(full) == name) return attribute.value();
  }
  return {};
}

bool is_true(const pugi::xml_attribute& attribute) {
  const std::string_view value = attribute.value();
  return value == "1" || value == "true" || value == "on";
}

// pugixml resolves the entities of XML only, and leaves document types alone.
core::Result<pugi::xml_node> parse(pugi::xml_document& document, std::string_view xml) {
  if (!document.load_buffer(xml.data(), xml.size())) {
    return workbook_damaged("XML の構文", "its XML syntax");
  }
  return document.document_element();
}

// "../worksheets/sheet1.xml" seen from "xl/workbook.xml".
std::string resolve_target(std::string_view source, std::string_view target) {
  std::string path;
  if (!target.starts_with('/')) path = source.substr(0, source.rfind('/') + 1);
  while (!target.empty()) {
    const std::size_t slash = target.find('/');
    const std::string_view segment = target.substr(0, slash);
    target.remove_prefix(slash == std::string_view::npos ? target.size() : slash + 1);
    if (segment == "..") {
      if (!path.empty()) path.pop_back();
      path.resize(path.rfind('/') + 1);  // npos + 1 is 0
    } else if (!segment.empty() && segment != ".") {
      path += segment;
      if (slash != std::string_view::npos) path += '/';
    }
  }
  return path;
}

}  // namespace

std::string relationships_part(std::string_view source) {
  const std::size_t name = source.rfind('/') + 1;
  return std::string(source.substr(0, name)) + "_rels/" + std::string(source.substr(name)) +
         ".rels";
}

core::Result<std::vector<Relationship>> parse_relationships(std::string_view xml,
                                                            std::string_view source) {
  pugi::xml_document document;
  const auto root = parse(document, xml);
  if (!root) return tl::unexpected(root.error());
  std::vector<Relationship> relationships;
  for (const pugi::xml_node node : root->children()) {
    if (local_name(node.name()) != "Relationship") continue;
    if (std::string_view(node.attribute("TargetMode").value()) == "External") continue;
    const std::string_view type = node.attribute("Type").value();
    relationships.push_back({node.attribute("Id").value(),
                             std::string(type.substr(type.rfind('/') + 1)),
                             resolve_target(source, node.attribute("Target").value())});
  }
  return relationships;
}

core::Result<XlsxIndex> parse_workbook_part(std::string_view xml) {
  pugi::xml_document document;
  const auto root = parse(document, xml);
  if (!root) return tl::unexpected(root.error());
  if (local_name(root->name()) != "workbook") {
    return not_a_workbook("Word や PowerPoint などの文書", "a document of another Office program");
  }
  XlsxIndex index;
  index.date1904 = is_true(child(*root, "workbookPr").attribute("date1904"));
  for (const pugi::xml_node node : child(*root, "sheets").children()) {
    if (local_name(node.name()) != "sheet") continue;
    XlsxIndex::Sheet sheet;
    sheet.info.name = node.attribute("name").value();
    clean_cell_text(sheet.info.name);
    const std::string_view state = node.attribute("state").value();
    sheet.info.visible = state != "hidden" && state != "veryHidden";
    sheet.relationship = prefixed_attribute(node, "id");
    index.sheets.push_back(std::move(sheet));
  }
  return index;
}

core::Result<std::vector<NumberFormat>> parse_styles(std::string_view xml) {
  pugi::xml_document document;
  const auto root = parse(document, xml);
  if (!root) return tl::unexpected(root.error());
  std::map<int, NumberFormat> formats;
  for (const pugi::xml_node node : child(*root, "numFmts").children()) {
    formats.insert_or_assign(node.attribute("numFmtId").as_int(),
                             NumberFormat(node.attribute("formatCode").value()));
  }
  std::vector<NumberFormat> styles;
  for (const pugi::xml_node node : child(*root, "cellXfs").children()) {
    if (local_name(node.name()) != "xf") continue;
    const int id = node.attribute("numFmtId").as_int();
    const auto own = formats.find(id);
    styles.push_back(own != formats.end() ? own->second : NumberFormat::builtin(id));
  }
  return styles;
}

}  // namespace minato::tabular
