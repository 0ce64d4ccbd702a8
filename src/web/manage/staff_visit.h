// A request to the staff corner by somebody who is signed in, and what its handlers answer with.
#pragma once

#include <string>
#include <string_view>

#include "core/caller.h"
#include "core/error.h"
#include "http/message.h"
#include "service/audited_store.h"
#include "web/frame/page.h"
#include "web/manage/form_body.h"
#include "web/manage/session.h"

namespace minato::web {

struct StaffVisit {
  const Visit& visit;
  const Session& session;
  std::string form_token;

  [[nodiscard]] const core::Caller& caller() const { return visit.request.caller; }
  [[nodiscard]] const WebSources& sources() const { return visit.sources; }
  [[nodiscard]] const Texts& texts() const { return visit.texts; }
  // Of the path; empty: the pattern has no such part.
  [[nodiscard]] std::string path_param(std::string_view name) const;
  [[nodiscard]] std::string query_param(std::string_view name) const;
  // "/manage/jobs" of the language.
  [[nodiscard]] std::string link(const std::string& path) const { return visit.link(path); }
  // Whether they may change the datasets of that organization.
  [[nodiscard]] bool may_change(std::string_view organization_id) const;
  // Whether there is an organization they may make datasets for.
  [[nodiscard]] bool may_create() const;
  // Who writes. `key` (of the form's hidden field "once") and `content` make the write happen once,
  // however often the button is pressed: the same content under the same key is the same write.
  [[nodiscard]] service::WriteContext write_context(std::string_view key = {},
                                                    std::string_view content = {}) const;
};

// A page of the staff corner, before anything is put into its view: title key of the texts,
// breadcrumbs, styles, scripts, and who is signed in.
Page staff_page(const StaffVisit& staff, std::string template_name, const std::string& title);
// The message of a step that was done ("?done=saved"), if it is one of ours.
void put_done(const StaffVisit& staff, Page& page);

http::Response reply_with(const Page& page, const StaffVisit& staff);
// 303, so that the browser gets it: the path of the language.
http::Response see_other(const StaffVisit& staff, const std::string& path);

// Dataset, file and job pages of the staff corner.
std::string dataset_path(std::string_view name);
std::string job_path(std::string_view id);

}  // namespace minato::web
