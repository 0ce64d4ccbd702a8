// What the bytes of a harvested file say of its format.
#pragma once

#include <string>
#include <string_view>

#include "core/dataset.h"
#include "core/error.h"

namespace minato::service {

struct FileContent {
  std::string format;  // empty: the resource's own word is right, or no better one is known
  std::string mimetype;
};

// The format that a file beginning with `head` shows, as far as it speaks against `word`; empty: the
// word may stand.
std::string_view better_format(std::string_view head, std::string_view word);

// Fails with kUnsupportedMedia "harvest-file-is-page" when the resource promises a file and the
// server sent a web page (an error page with status 200): the file we hold is better.
core::Result<FileContent> look_at_content(const std::string& path, const core::Resource& resource);

// Writes it into the resource; the word it replaces stays as the extra "raw_format".
void apply(const FileContent& content, core::Resource& resource);

}  // namespace minato::service
