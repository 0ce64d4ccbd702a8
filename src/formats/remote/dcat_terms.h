// The IRIs of DCAT-AP that are read, and of the vocabularies it borrows from.
#pragma once

#include <string>
#include <string_view>

namespace minato::formats {

namespace rdf {
inline constexpr std::string_view kNamespace = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
inline constexpr std::string_view kType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
}  // namespace rdf

inline constexpr std::string_view kDcat = "http://www.w3.org/ns/dcat#";
inline constexpr std::string_view kDct = "http://purl.org/dc/terms/";
inline constexpr std::string_view kDc = "http://purl.org/dc/elements/1.1/";
inline constexpr std::string_view kFoaf = "http://xmlns.com/foaf/0.1/";
inline constexpr std::string_view kVcard = "http://www.w3.org/2006/vcard/ns#";
inline constexpr std::string_view kAdms = "http://www.w3.org/ns/adms#";
inline constexpr std::string_view kSpdx = "http://spdx.org/rdf/terms#";
inline constexpr std::string_view kLocn = "http://www.w3.org/ns/locn#";
inline constexpr std::string_view kSkos = "http://www.w3.org/2004/02/skos/core#";
inline constexpr std::string_view kRdfs = "http://www.w3.org/2000/01/rdf-schema#";
inline constexpr std::string_view kOwl = "http://www.w3.org/2002/07/owl#";
inline constexpr std::string_view kSchema = "http://schema.org/";
inline constexpr std::string_view kHydra = "http://www.w3.org/ns/hydra/core#";
inline constexpr std::string_view kDcatap = "http://data.europa.eu/r5r/";
inline constexpr std::string_view kTime = "http://www.w3.org/2006/time#";
inline constexpr std::string_view kCc = "http://creativecommons.org/ns#";

inline std::string term(std::string_view prefix, std::string_view name) {
  return std::string(prefix) + std::string(name);
}

}  // namespace minato::formats
