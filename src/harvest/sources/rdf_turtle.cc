#include "harvest/sources/rdf_turtle.h"

#include <serd/serd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>

#include "formats/remote/iri.h"
#include "text/utf8.h"

namespace minato::harvest {
namespace {

using formats::RdfTerm;

// serd calls itself for every "[" and "(", and tells of each in a statement.
constexpr std::uintptr_t kMaxStack = std::uintptr_t{512} * 1024;

const std::uint8_t* bytes_of(const std::string& text) {
  return reinterpret_cast<const std::uint8_t*>(text.c_str());
}
std::string text_of(const SerdNode& node) {
  return {reinterpret_cast<const char*>(node.buf), node.n_bytes};
}
std::string_view view_of(const SerdChunk& chunk) {
  return {reinterpret_cast<const char*>(chunk.buf), chunk.len};
}

std::uintptr_t stack_position() {
  return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
}

struct FreeReader {
  void operator()(SerdReader* reader) const { serd_reader_free(reader); }
};
struct FreeEnvironment {
  void operator()(SerdEnv* environment) const { serd_env_free(environment); }
};

class TurtleReader {
 public:
  TurtleReader(formats::RdfGraph& graph, std::string base) : graph_(graph), base_(std::move(base)) {
    const SerdNode root = serd_node_from_string(SERD_URI, bytes_of(base_));
    environment_.reset(serd_env_new(&root));
    reader_.reset(
        serd_reader_new(SERD_TURTLE, this, nullptr, &on_base, &on_prefix, &on_statement, nullptr));
    serd_reader_set_error_sink(reader_.get(), &on_error, this);
  }

  core::Result<void> run(const std::string& text) {
    start_of_stack_ = stack_position();
    const SerdStatus status = serd_reader_read_string(reader_.get(), bytes_of(text));
    if (is_too_large_) return tl::unexpected<core::Error>(formats::rdf_too_large());
    if (is_too_deep_) {
      return tl::unexpected<core::Error>(
          formats::rdf_error({"入れ子が深すぎます。", "It is nested too deep."}));
    }
    if (status == SERD_SUCCESS || status == SERD_FAILURE) {
      if (line_ == 0) return {};
    }
    const std::string line = std::to_string(line_);
    return tl::unexpected<core::Error>(
        formats::rdf_error({"Turtle の " + line + " 行目に誤りがあります。",
                            "There is a mistake in line " + line + " of the Turtle."}));
  }

 private:
  static SerdStatus on_error(void* handle, const SerdError* error) {
    auto* self = static_cast<TurtleReader*>(handle);
    if (self->line_ == 0) self->line_ = error->line;
    return SERD_SUCCESS;
  }

  static SerdStatus on_base(void* handle, const SerdNode* uri) {
    auto* self = static_cast<TurtleReader*>(handle);
    self->base_ = formats::resolve_iri(self->base_, clean_text(*uri));
    const SerdNode node = serd_node_from_string(SERD_URI, bytes_of(self->base_));
    return serd_env_set_base_uri(self->environment_.get(), &node);
  }

  static SerdStatus on_prefix(void* handle, const SerdNode* name, const SerdNode* uri) {
    auto* self = static_cast<TurtleReader*>(handle);
    const std::string iri = formats::resolve_iri(self->base_, clean_text(*uri));
    const SerdNode node = serd_node_from_string(SERD_URI, bytes_of(iri));
    return serd_env_set_prefix(self->environment_.get(), name, &node);
  }

  static SerdStatus on_statement(void* handle, SerdStatementFlags /*flags*/,
                                 const SerdNode* /*graph*/, const SerdNode* subject,
                                 const SerdNode* predicate, const SerdNode* object,
                                 const SerdNode* /*datatype*/, const SerdNode* language) {
    auto* self = static_cast<TurtleReader*>(handle);
    return self->take(*subject, *predicate, *object, language);
  }

  SerdStatus take(const SerdNode& subject, const SerdNode& predicate, const SerdNode& object,
                  const SerdNode* language) {
    const std::uintptr_t here = stack_position();
    is_too_deep_ = std::max(here, start_of_stack_) - std::min(here, start_of_stack_) > kMaxStack;
    if (is_too_deep_) return SERD_ERR_INTERNAL;
    RdfTerm value = term_of(object);
    if (object.type == SERD_LITERAL && language != nullptr && language->buf != nullptr) {
      value.language = text_of(*language);
      for (char& c : value.language) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
      }
    }
    const RdfTerm from = term_of(subject);
    is_too_large_ = !graph_.add(from, term_of(predicate).text, std::move(value));
    return is_too_large_ ? SERD_ERR_INTERNAL : SERD_SUCCESS;
  }

  RdfTerm term_of(const SerdNode& node) {
    if (node.type == SERD_LITERAL) return RdfTerm::literal(clean_text(node));
    if (node.type == SERD_BLANK) return RdfTerm::blank(clean_text(node));
    if (node.type == SERD_URI) {
      return RdfTerm::iri(formats::resolve_iri(base_, clean_text(node)));
    }
    SerdChunk prefix{};
    SerdChunk suffix{};
    if (serd_env_expand(environment_.get(), &node, &prefix, &suffix) != SERD_SUCCESS) {
      return RdfTerm::iri(clean_text(node));
    }
    return RdfTerm::iri(text::sanitized(std::string(view_of(prefix)).append(view_of(suffix))));
  }

  static std::string clean_text(const SerdNode& node) { return text::sanitized(text_of(node)); }

  formats::RdfGraph& graph_;
  std::string base_;
  std::unique_ptr<SerdEnv, FreeEnvironment> environment_;
  std::unique_ptr<SerdReader, FreeReader> reader_;
  std::uintptr_t start_of_stack_ = 0;
  unsigned line_ = 0;  // of the first mistake; 0: none
  bool is_too_large_ = false;
  bool is_too_deep_ = false;
};

}  // namespace

core::Result<void> read_turtle(const std::string& text, const std::string& base,
                               formats::RdfGraph& graph) {
  TurtleReader reader(graph, base);
  if (text.starts_with("\xEF\xBB\xBF")) return reader.run(text.substr(3));
  return reader.run(text);
}

}  // namespace minato::harvest
