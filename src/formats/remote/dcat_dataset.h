// A dcat:Dataset as a dataset in the remote's words (harvest/sources/source.h): the mapping of
// ckanext-dcat backwards, DCAT-AP 1 to 3, with schema.org's names beside.
#pragma once

#include <string>

#include "core/dataset.h"
#include "formats/remote/rdf_graph.h"

namespace minato::formats {

struct DcatDataset {
  std::string id;  // its URI, else dct:identifier, else landing page; empty: it has none
  std::string modified;
  core::Dataset dataset;
};

// `subject` is the key of the dataset's node. Always gives something; what is
// missing is empty, the title as well.
DcatDataset read_dcat_dataset(const RdfGraph& graph, const std::string& subject);

}  // namespace minato::formats
