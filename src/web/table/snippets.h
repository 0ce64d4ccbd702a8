// Programs that ask a table's question, ready to be copied and run.
#pragma once

#include <string>
#include <vector>

#include "http/message.h"

namespace minato::web {

struct SnippetQuestion {
  std::string site;  // "https://data.example.jp", no slash at the end
  std::string path;  // "/api/v1/tables/{id}", encoded
  http::Params parameters;
  // Names of columns of text: read without this, codes lose their zeros in front ("00123").
  std::vector<std::string> texts;
};

// `door`: "/export.csv". Any parameter may hold anything.
std::string curl_snippet(const SnippetQuestion& question, const std::string& door);
std::string python_snippet(const SnippetQuestion& question);      // requests, pandas
std::string r_snippet(const SnippetQuestion& question);           // base R
std::string javascript_snippet(const SnippetQuestion& question);  // fetch, page after page
std::string power_query_snippet(const SnippetQuestion& question);

}  // namespace minato::web
