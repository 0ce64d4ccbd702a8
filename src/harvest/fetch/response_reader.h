// Takes a reply as it arrives and decides what becomes of it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"
#include "harvest/fetch/body_writer.h"
#include "harvest/fetch/content_decoder.h"
#include "harvest/fetch/response_head.h"

namespace minato::harvest {

struct BodyTarget {
  std::string to_file;  // empty: into memory
  std::uint64_t max_bytes = 0;
  bool cut_at_max = false;  // take the first max_bytes instead of refusing the rest
};

// Only replies with status 200 and 203 have their body read; of others it is passed over.
class ResponseReader {
 public:
  ResponseReader(std::string url, const BodyTarget& target)
      : url_(std::move(url)), target_(target), writer_(target.to_file) {}

  // False: the transfer need not (has_enough) or must not (failed) go on.
  bool take_head(ResponseHead head);
  bool take_body(std::string_view bytes);  // as received, encoded
  // When the transfer ended well, or early because it had enough.
  core::Result<void> finish();

  [[nodiscard]] const ResponseHead& head() const { return head_; }
  [[nodiscard]] bool has_head() const { return head_.status != 0; }
  [[nodiscard]] bool keeps_body() const { return head_.status == 200 || head_.status == 203; }
  [[nodiscard]] bool has_enough() const { return has_enough_; }
  [[nodiscard]] BodyWriter& writer() { return writer_; }

 private:
  bool fail(core::Error error);
  bool take_decoded(std::string_view bytes);

  const std::string url_;
  const BodyTarget target_;
  ResponseHead head_;
  BodyWriter writer_;
  std::unique_ptr<ContentDecoder> decoder_;
  std::optional<core::Error> failure_;
  bool has_enough_ = false;
  std::uint64_t passed_over_ = 0;
};

}  // namespace minato::harvest
