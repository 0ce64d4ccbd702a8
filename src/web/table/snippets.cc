#include "web/table/snippets.h"

#include <algorithm>
#include <set>

#include "http/url.h"
#include "web/frame/quoting.h"

namespace minato::web {
namespace {

// More columns of text than this: all columns are read as text.
constexpr std::size_t kMaxTexts = 30;

std::string address(const SnippetQuestion& question, const std::string& door) {
  const std::string query = http::build_query(question.parameters);
  return question.site + question.path + door + (query.empty() ? "" : "?" + query);
}

// `literal` of each with commas between.
template <typename Literal>
std::string joined(const std::vector<std::string>& texts, const Literal& literal) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + literal(text);
  return out;
}

bool has_repeats(const http::Params& parameters) {
  std::set<std::string> names;
  return std::any_of(parameters.begin(), parameters.end(),
                     [&](const auto& param) { return !names.insert(param.first).second; });
}

}  // namespace

std::string curl_snippet(const SnippetQuestion& question, const std::string& door) {
  std::string out = "curl -fsS";
  if (!question.parameters.empty()) out += " -G";
  out += " " + shell_quoted(question.site + question.path + door);
  for (const auto& [name, value] : question.parameters) {
    // curl encodes what stands behind the first "=", and takes the name as it is.
    const std::string encoded = http::percent_encode(name);
    out += " \\\n  ";
    out += has_unseen(value) ? "-d " + shell_quoted(encoded + "=" + http::percent_encode(value))
                             : "--data-urlencode " + shell_quoted(encoded + "=" + value);
  }
  const std::size_t dot = door.rfind('.');
  if (dot != std::string::npos) out += " \\\n  -o table" + door.substr(dot);
  return out;
}

std::string python_snippet(const SnippetQuestion& question) {
  std::string out = "import io\n\nimport pandas as pd\nimport requests\n\n";
  out += "answer = requests.get(\n    " +
         python_literal(question.site + question.path + "/export.csv") + ",\n";
  if (!question.parameters.empty()) {
    out += "    params=[\n";
    for (const auto& [name, value] : question.parameters) {
      out += "        (" + python_literal(name) + ", " + python_literal(value) + "),\n";
    }
    out += "    ],\n";
  }
  out += "    timeout=60,\n)\nanswer.raise_for_status()\n";
  out += "table = pd.read_csv(io.BytesIO(answer.content)";
  if (question.texts.size() > kMaxTexts) {
    out += ", dtype=str";
  } else if (!question.texts.empty()) {
    out += ", dtype=dict.fromkeys([" + joined(question.texts, python_literal) + "], str)";
  }
  return out + ")\nprint(table)\n";
}

std::string r_snippet(const SnippetQuestion& question) {
  std::string out;
  const std::string url = r_literal(question.site + question.path + "/export.csv");
  if (question.parameters.empty()) {
    out += "url <- " + url + "\n";
  } else {
    std::vector<std::string> names;
    std::vector<std::string> values;
    for (const auto& [name, value] : question.parameters) {
      names.push_back(name);
      values.push_back(value);
    }
    out += "encode <- function(x) vapply(enc2utf8(x), URLencode, \"\", reserved = TRUE)\n";
    out += "fields <- c(" + joined(names, r_literal) + ")\n";
    out += "values <- c(" + joined(values, r_literal) + ")\n";
    out += "url <- paste0(\n  " + url +
           ", \"?\",\n  paste(encode(fields), encode(values), sep = \"=\", collapse = \"&\")\n)\n";
  }
  out += "table <- read.csv(url, fileEncoding = \"UTF-8\", check.names = FALSE";
  if (question.texts.size() > kMaxTexts) {
    out += ", colClasses = \"character\"";
  } else if (!question.texts.empty()) {
    out += ",\n  colClasses = setNames(rep(\"character\", " +
           std::to_string(question.texts.size()) + "), c(" + joined(question.texts, r_literal) +
           "))";
  }
  return out + ")\nprint(table)\n";
}

std::string javascript_snippet(const SnippetQuestion& question) {
  std::string out = "const rows = [];\nlet url = new URL(" +
                    javascript_literal(question.site + question.path + "/rows") + ");\n";
  for (const auto& [name, value] : question.parameters) {
    out += "url.searchParams.append(" + javascript_literal(name) + ", " +
           javascript_literal(value) + ");\n";
  }
  return out +
         "url.searchParams.set(\"limit\", \"1000\");\n"
         "while (url) {\n"
         "  const answer = await fetch(url);\n"
         "  if (!answer.ok) throw new Error(await answer.text());\n"
         "  const { data, links } = await answer.json();\n"
         "  rows.push(...data);\n"
         "  url = links.next;\n"
         "}\n"
         "console.table(rows);\n";
}

std::string power_query_snippet(const SnippetQuestion& question) {
  std::string contents;
  if (question.parameters.empty() || has_repeats(question.parameters)) {
    // A record cannot have a name twice.
    contents = "Web.Contents(" + m_literal(address(question, "/export.csv")) + ")";
  } else {
    contents = "Web.Contents(\n      " + m_literal(question.site) + ",\n      [\n" +
               "        RelativePath = " + m_literal(question.path.substr(1) + "/export.csv") +
               ",\n        Query = [";
    bool is_first = true;
    for (const auto& [name, value] : question.parameters) {
      contents += (is_first ? "" : ", ");
      contents += "#" + m_literal(name) + " = " + m_literal(value);
      is_first = false;
    }
    contents += "]\n      ]\n    )";
  }
  return "let\n  Source = Csv.Document(\n    " + contents +
         ",\n    [Delimiter = \",\", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]\n  ),\n"
         "  Result = Table.PromoteHeaders(Source, [PromoteAllScalars = true])\n"
         "in\n  Result\n";
}

}  // namespace minato::web
