#include "service/publish/dataset_scope.h"

#include <utility>

namespace minato::service {

void add_wrong(core::ErrorDetails& wrongs, std::string_view param, core::LocalizedText message,
               core::LocalizedText hint) {
  core::ErrorDetail detail;
  detail.param = param;
  detail.message = std::move(message);
  detail.hint = std::move(hint);
  wrongs.push_back(std::move(detail));
}

tl::unexpected<core::Error> dataset_invalid(core::ErrorDetails wrongs) {
  const core::ErrorDetail& first = wrongs.front();
  auto failure =
      core::fail(core::ErrorCode::kInvalidArgument, "dataset-invalid",
                 {"データセットに誤りがあります（" + first.param + "）: " + first.message.ja,
                  "The dataset has mistakes (" + first.param + "): " + first.message.en},
                 {"示された項目を直して、もう一度送ってください。",
                  "Correct the fields named and send it again."});
  failure.value().details = std::move(wrongs);
  return failure;
}

std::string item_pointer(std::string_view list, std::size_t index, std::string_view member) {
  std::string pointer = std::string(list) + "/" + std::to_string(index);
  if (!member.empty()) pointer.append("/").append(member);
  return pointer;
}

std::string pointer_token(std::string_view key) {
  std::string escaped;
  for (const char c : key) escaped += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return escaped;
}

}  // namespace minato::service
