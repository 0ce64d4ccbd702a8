// Turns a YAML file into JSON while building: minato_yaml_to_json IN OUT.
// Plain scalars become numbers, booleans and null as in YAML's JSON schema; quoted ones stay texts.
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <yaml-cpp/yaml.h>

#include <charconv>
#include <cstdint>
#include <exception>
#include <fstream>
#include <iostream>
#include <set>
#include <stdexcept>
#include <string>

namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

std::string place(const YAML::Node& node) {
  return "line " + std::to_string(node.Mark().line + 1) + ": ";
}

void write_plain(const std::string& text, Writer& out) {
  std::int64_t integer = 0;
  double number = 0;
  const char* const end = text.data() + text.size();
  if (text == "null" || text == "~" || text.empty()) {
    out.Null();
  } else if (text == "true" || text == "false") {
    out.Bool(text == "true");
  } else if (const auto whole = std::from_chars(text.data(), end, integer);
             whole.ec == std::errc{} && whole.ptr == end) {
    out.Int64(integer);
  } else if (const auto real = std::from_chars(text.data(), end, number);
             real.ec == std::errc{} && real.ptr == end) {
    out.Double(number);
  } else {
    out.String(text);
  }
}

void write(const YAML::Node& node, Writer& out) {
  switch (node.Type()) {
    case YAML::NodeType::Undefined:
    case YAML::NodeType::Null:
      out.Null();
      return;
    case YAML::NodeType::Scalar:
      // yaml-cpp tags what was quoted with "!".
      if (node.Tag() == "!") {
        out.String(node.Scalar());
      } else {
        write_plain(node.Scalar(), out);
      }
      return;
    case YAML::NodeType::Sequence:
      out.StartArray();
      for (const YAML::Node& item : node) write(item, out);
      out.EndArray();
      return;
    case YAML::NodeType::Map:
      out.StartObject();
      std::set<std::string> keys;
      for (const auto& member : node) {
        const std::string key = member.first.as<std::string>();
        if (!keys.insert(key).second) {
          throw std::runtime_error(place(member.first) + "key " + key + " is given twice");
        }
        out.Key(key.c_str(), static_cast<rapidjson::SizeType>(key.size()));
        write(member.second, out);
      }
      out.EndObject();
      return;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: minato_yaml_to_json IN OUT\n";
    return 2;
  }
  try {
    rapidjson::StringBuffer buffer;
    Writer writer(buffer);
    write(YAML::LoadFile(argv[1]), writer);
    std::ofstream out(argv[2], std::ios::binary | std::ios::trunc);
    out << buffer.GetString() << '\n';
    out.close();
    if (!out) throw std::runtime_error(std::string("cannot write ") + argv[2]);
    return 0;
  } catch (const std::exception& fault) {
    std::cerr << argv[1] << ": " << fault.what() << '\n';
    return 1;
  }
}
