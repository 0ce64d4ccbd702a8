#include "http/handlers/ckan/writes/answer_write.h"

#include <string>
#include <utility>

#include "http/handlers/ckan/envelope.h"
#include "http/handlers/ckan/request_arguments.h"

namespace minato::http::ckan {
namespace {

core::Result<Response> refuse(const WriteDoor& door, const WriteAction& action,
                              std::string_view why) {
  const auto denied = access_denied(why);
  return answer_failure(denied.value(), door.site_url, action.name);
}

}  // namespace

core::Result<Response> answer_write(const WriteDoor& door, const WriteAction& action,
                                    const Request& request) {
  const auto input = read_input(request, false);
  if (!input) return answer_failure(input.error(), door.site_url, action.name);
  if (request.caller.is_anonymous()) return refuse(door, action, requires_user(action.name));
  if (door.sources == nullptr) return refuse(door, action, "This server takes no changes");
  std::string body = begin_success(door.site_url, action.name);
  formats::JsonWriter json(body);
  WriteCall call{input->arguments, request.caller, *door.sources, input->files, action.name};
  const auto done = action.run(call, json);
  if (!done) return answer_failure(done.error(), door.site_url, action.name);
  body += '}';
  Response response = json_reply(std::move(body));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

}  // namespace minato::http::ckan
