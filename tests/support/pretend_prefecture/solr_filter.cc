#include "support/pretend_prefecture/solr_filter.h"

#include <utility>
#include <vector>

namespace minato::pretend {
namespace {

class FilterParser {
 public:
  FilterParser(std::string_view text,
               std::function<std::string(const std::string&)> organization_id)
      : text_(text), organization_id_(std::move(organization_id)) {}

  KeyTest parse() {
    KeyTest whole = either();
    skip();
    return failed_ || at_ < text_.size() ? KeyTest() : whole;
  }

 private:
  KeyTest either() {
    KeyTest left = both();
    while (take_word("OR")) {
      left = [left, right = both()](const CkanKey& key) { return left(key) || right(key); };
    }
    return left;
  }

  KeyTest both() {
    KeyTest left = one();
    while (!failed_ && (take_word("AND") || another_follows())) {
      left = [left, right = one()](const CkanKey& key) { return left(key) && right(key); };
    }
    return left;
  }

  KeyTest one() {
    if (take('+')) return one();
    if (take('-') || take('!') || take_word("NOT")) {
      return [inner = one()](const CkanKey& key) { return !inner(key); };
    }
    if (take('(')) {
      KeyTest inner = either();
      if (!take(')')) failed_ = true;
      return inner;
    }
    return field();
  }

  KeyTest field() {
    const std::string name = bare(":");
    if (!take(':')) failed_ = true;
    if (name == "*") return take('*') ? yes() : no();
    if (take('[')) return range(name);
    std::vector<std::string> values;
    if (take('(')) {
      do {
        values.push_back(text());
      } while (take_word("OR") || (!take(')') && !failed_ && at_ < text_.size()));
    } else {
      values.push_back(text());
    }
    return [this_id = organization_id_, name, values](const CkanKey& key) {
      for (const std::string& value : values) {
        if (value_of(name, key, this_id) == value || value == "*") return true;
      }
      return false;
    };
  }

  KeyTest range(const std::string& name) {
    const std::string from = bare(" ");
    if (!take_word("TO")) failed_ = true;
    const std::string to = bare("]");
    if (!take(']')) failed_ = true;
    if (name != "metadata_modified") failed_ = true;
    return [from = plain(from), to = plain(to)](const CkanKey& key) {
      return (from == "*" || key.modified >= from) &&
             (to == "*" || to.starts_with("NOW") || key.modified <= to);
    };
  }

  static std::string value_of(const std::string& name, const CkanKey& key,
                              const std::function<std::string(const std::string&)>& id) {
    if (name == "organization") return key.organization;
    if (name == "owner_org") return id(key.organization);
    if (name == "id") return key.id;
    if (name == "name") return key.name;
    if (name == "state") return "active";
    if (name == "type" || name == "dataset_type") return "dataset";
    return "";
  }

  // Times are compared as texts.
  static std::string plain(std::string time) {
    if (time.ends_with('Z')) time.pop_back();
    return time;
  }
  static KeyTest yes() {
    return [](const CkanKey&) { return true; };
  }
  KeyTest no() {
    failed_ = true;
    return [](const CkanKey&) { return false; };
  }

  void skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(char c) {
    skip();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool take_word(std::string_view word) {
    skip();
    if (!text_.substr(at_).starts_with(word)) return false;
    const std::size_t end = at_ + word.size();
    if (end < text_.size() && text_[end] != ' ' && text_[end] != '(') return false;
    at_ = end;
    return true;
  }
  bool another_follows() {
    skip();
    return at_ < text_.size() && text_[at_] != ')' && !text_.substr(at_).starts_with("OR ");
  }
  std::string bare(std::string_view ends) {
    skip();
    const std::size_t from = at_;
    while (at_ < text_.size() && ends.find(text_[at_]) == std::string_view::npos) ++at_;
    if (at_ == from) failed_ = true;
    return std::string(text_.substr(from, at_ - from));
  }
  std::string text() {
    if (!take('"')) return bare(" )");
    std::string value = bare("\"");
    if (!take('"')) failed_ = true;
    return value;
  }

  std::string_view text_;
  std::function<std::string(const std::string&)> organization_id_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace

KeyTest parse_filter(std::string_view text,
                     std::function<std::string(const std::string&)> organization_id) {
  if (text.find_first_not_of(' ') == std::string_view::npos) {
    return [](const CkanKey&) { return true; };
  }
  return FilterParser(text, std::move(organization_id)).parse();
}

}  // namespace minato::pretend
