// Replays api/examples/*.http against the sample catalogue. A file is a list of exchanges separated
// by lines of "###":
//
//   GET /api/v1/datasets?limit=1
//   Accept-Language: en
//
//   the body of the request, if it has one
//   >>> 200
//   Content-Type: application/json; charset=utf-8
//
//   {"meta": {"returned": 1}}
//
// The reply must have that status, those header fields, and a body that holds the JSON given
// (objects may have more keys, lists more elements at their end) or else begins with the text
// given.
#include <algorithm>
#include <filesystem>
#include <sstream>

#include "formats/json.h"
#include "support/program_fixture.h"

namespace minato {
namespace {

namespace fs = std::filesystem;

struct Half {
  std::string first_line;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

struct Exchange {
  std::string file;
  Half request;
  Half reply;
};

Half read_half(std::istringstream& lines, const std::string& first_line, std::string& marker) {
  Half half{first_line, {}, ""};
  bool in_body = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(">>> ") || line == "###") {
      marker = line;
      break;
    }
    const std::size_t colon = line.find(": ");
    if (in_body) {
      half.body += line + "\n";
    } else if (line.empty()) {
      in_body = true;
    } else if (colon != std::string::npos) {
      half.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    }
  }
  while (half.body.ends_with('\n')) half.body.pop_back();
  return half;
}

std::vector<Exchange> read_file(const std::string& path) {
  std::vector<Exchange> exchanges;
  std::istringstream lines(project_file(path));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.starts_with("#")) continue;
    Exchange exchange{path, {}, {}};
    std::string marker;
    exchange.request = read_half(lines, line, marker);
    exchange.reply =
        read_half(lines, marker.substr(std::min<std::size_t>(4, marker.size())), marker);
    exchanges.push_back(std::move(exchange));
  }
  return exchanges;
}

bool holds(const rapidjson::Value& whole, const rapidjson::Value& part) {
  if (part.IsObject()) {
    return whole.IsObject() &&
           std::all_of(part.MemberBegin(), part.MemberEnd(), [&](const auto& member) {
             const auto found = whole.FindMember(member.name);
             return found != whole.MemberEnd() && holds(found->value, member.value);
           });
  }
  if (part.IsArray()) {
    if (!whole.IsArray() || whole.Size() < part.Size()) return false;
    for (rapidjson::SizeType i = 0; i < part.Size(); ++i) {
      if (!holds(whole[i], part[i])) return false;
    }
    return true;
  }
  return whole == part;
}

void expect_body(const Exchange& exchange, const std::string& body) {
  const std::string& expected = exchange.reply.body;
  const auto part = formats::parse_json(expected);
  if (!part) {
    EXPECT_TRUE(body.starts_with(expected))
        << exchange.file << ": " << exchange.request.first_line << '\n'
        << body;
    return;
  }
  const auto whole = formats::parse_json(body);
  EXPECT_TRUE(whole && holds(*whole, *part)) << exchange.file << ": " << exchange.request.first_line
                                             << "\nexpected " << expected << "\ngot " << body;
}

class Examples : public ProgramTest {
 protected:
  void replay(const Exchange& exchange) {
    const std::size_t space = exchange.request.first_line.find(' ');
    const auto reply =
        support::call_route(table_, {exchange.request.first_line.substr(0, space),
                                     exchange.request.first_line.substr(space + 1),
                                     exchange.request.headers, exchange.request.body});
    EXPECT_EQ(std::to_string(reply.status), exchange.reply.first_line)
        << exchange.file << ": " << exchange.request.first_line << '\n'
        << reply.body;
    for (const auto& [name, value] : exchange.reply.headers) {
      const std::string* found = reply.headers.find(name);
      EXPECT_EQ(found == nullptr ? "(none)" : *found, value)
          << exchange.file << ": " << exchange.request.first_line << ": " << name;
    }
    if (!exchange.reply.body.empty()) expect_body(exchange, reply.body);
  }
};

TEST_F(Examples, AnswerAsWritten) {
  std::size_t replayed = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(MINATO_SOURCE_DIR) / "api/examples")) {
    for (const Exchange& exchange : read_file("api/examples/" + entry.path().filename().string())) {
      replay(exchange);
      ++replayed;
    }
  }
  EXPECT_GE(replayed, 20U);
}

}  // namespace

std::string project_file(const std::string& path) {
  std::FILE* file = std::fopen((fs::path(MINATO_SOURCE_DIR) / path).c_str(), "rb");
  EXPECT_NE(file, nullptr) << path;
  if (file == nullptr) return {};
  std::string bytes;
  std::array<char, 65536> block{};
  for (std::size_t length = 1; length > 0;) {
    length = std::fread(block.data(), 1, block.size(), file);
    bytes.append(block.data(), length);
  }
  std::fclose(file);
  return bytes;
}

}  // namespace minato
