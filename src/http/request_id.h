// X-Request-Id: names one request in replies, logs and mails to the operator.
#pragma once

#include <string>
#include <string_view>

namespace minato::http {

// The client's when it is 1 to 128 visible ASCII characters, else a new one of 13 (unique, not
// secret).
[[nodiscard]] std::string request_id_for(std::string_view sent);

}  // namespace minato::http
