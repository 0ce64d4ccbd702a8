// The built-in context: what remote contexts for DCAT define, so that none is ever fetched.
#pragma once

#include <array>
#include <string_view>

#include "formats/remote/dcat_terms.h"

namespace minato::formats {

struct DcatPrefix {
  std::string_view name;
  std::string_view iri;
};
inline constexpr std::array<DcatPrefix, 22> kDcatPrefixes = {
    {{"dcat", kDcat},
     {"dct", kDct},
     {"dcterms", kDct},
     {"dc", kDct},
     {"foaf", kFoaf},
     {"vcard", kVcard},
     {"adms", kAdms},
     {"spdx", kSpdx},
     {"locn", kLocn},
     {"skos", kSkos},
     {"rdf", rdf::kNamespace},
     {"rdfs", kRdfs},
     {"owl", kOwl},
     {"schema", kSchema},
     {"hydra", kHydra},
     {"dcatap", kDcatap},
     {"time", kTime},
     {"cc", kCc},
     {"xsd", "http://www.w3.org/2001/XMLSchema#"},
     {"prov", "http://www.w3.org/ns/prov#"},
     {"geo", "http://www.opengis.net/ont/geosparql#"},
     {"odrl", "http://www.w3.org/ns/odrl/2/"}}};

struct DcatName {
  std::string_view name;
  std::string_view prefix;
  bool is_iri = false;  // its strings are IRIs
};
inline constexpr std::array kDcatNames = {
    DcatName{"Catalog", kDcat},
    DcatName{"Dataset", kDcat},
    DcatName{"Distribution", kDcat},
    DcatName{"DatasetSeries", kDcat},
    DcatName{"dataset", kDcat, true},
    DcatName{"distribution", kDcat, true},
    DcatName{"accessURL", kDcat, true},
    DcatName{"downloadURL", kDcat, true},
    DcatName{"landingPage", kDcat, true},
    DcatName{"contactPoint", kDcat, true},
    DcatName{"keyword", kDcat},
    DcatName{"theme", kDcat},
    DcatName{"mediaType", kDcat},
    DcatName{"byteSize", kDcat},
    DcatName{"version", kDcat},
    DcatName{"startDate", kDcat},
    DcatName{"endDate", kDcat},
    DcatName{"inSeries", kDcat, true},
    DcatName{"temporalResolution", kDcat},
    DcatName{"title", kDct},
    DcatName{"description", kDct},
    DcatName{"identifier", kDct},
    DcatName{"issued", kDct},
    DcatName{"modified", kDct},
    DcatName{"language", kDct},
    DcatName{"publisher", kDct, true},
    DcatName{"creator", kDct, true},
    DcatName{"license", kDct},
    DcatName{"rights", kDct},
    DcatName{"accessRights", kDct},
    DcatName{"accrualPeriodicity", kDct},
    DcatName{"spatial", kDct},
    DcatName{"temporal", kDct},
    DcatName{"format", kDct},
    DcatName{"conformsTo", kDct, true},
    DcatName{"provenance", kDct},
    DcatName{"isPartOf", kDct, true},
    DcatName{"hasPart", kDct, true},
    DcatName{"fn", kVcard},
    DcatName{"hasEmail", kVcard, true},
    DcatName{"hasTelephone", kVcard, true},
    DcatName{"hasURL", kVcard, true},
    DcatName{"name", kFoaf},
    DcatName{"mbox", kFoaf, true},
    DcatName{"homepage", kFoaf, true},
    DcatName{"page", kFoaf, true},
    DcatName{"prefLabel", kSkos},
    DcatName{"checksum", kSpdx, true},
    DcatName{"checksumValue", kSpdx},
    DcatName{"totalItems", kHydra},
    DcatName{"first", kHydra, true},
    DcatName{"last", kHydra, true},
    DcatName{"next", kHydra, true},
    DcatName{"nextPage", kHydra, true},
    DcatName{"view", kHydra, true},
};

}  // namespace minato::formats
