#include "web/manage/manage_routes.h"

#include <memory>
#include <string>
#include <utility>

#include "web/manage/dataset_pages.h"
#include "web/manage/dataset_state.h"
#include "web/manage/file_pages.h"
#include "web/manage/job_list.h"
#include "web/manage/job_page.h"
#include "web/manage/overview.h"
#include "web/manage/request_origin.h"
#include "web/manage/session.h"
#include "web/manage/sign_in.h"
#include "web/manage/staff_visit.h"
#include "web/manage/upload_page.h"
#include "web/web_routes.h"

namespace minato::web {
namespace {

using Reply = core::Result<http::Response>;
using Show = core::Result<Page> (*)(const StaffVisit&);
using Act = Reply (*)(const StaffVisit&, const FormBody&);
using Door = Reply (*)(const Visit&, const Sessions&);

// Room for what an upload form has beside its file.
constexpr std::uint64_t kMaxUploadTexts = kMaxFormBytes;

const std::vector<std::string> kFormTypes = {"application/x-www-form-urlencoded"};
const std::vector<std::string> kUploadTypes = {"multipart/form-data"};

struct PageOfStaff {
  const char* pattern;
  const char* operation;
  Show show;
};

struct ActOfStaff {
  const char* pattern;
  const char* operation;
  Act act;
};

constexpr PageOfStaff kPages[] = {
    {"/manage", "showManage", show_overview},
    {"/manage/new", "showNewDataset", show_new_dataset},
    {"/manage/dataset/{id}", "showOwnDataset", show_own_dataset},
    {"/manage/dataset/{id}/edit", "showDatasetForm", show_dataset_form},
    {"/manage/dataset/{id}/delete", "showDeletionForm", show_deletion},
    {"/manage/dataset/{id}/upload", "showUploadForm", show_upload},
    {"/manage/file/{id}", "showFileForm", show_file},
    {"/manage/jobs", "showJobs", show_jobs},
    {"/manage/job/{id}", "showJob", show_job},
};

constexpr ActOfStaff kActs[] = {
    {"/manage/sign-out", "signOut", sign_out},
    {"/manage/new", "sendNewDataset", create_dataset},
    {"/manage/dataset/{id}/edit", "sendDatasetForm", change_dataset},
    {"/manage/dataset/{id}/state", "sendDatasetState", change_state},
    {"/manage/dataset/{id}/delete", "sendDeletionForm", delete_dataset},
    {"/manage/file/{id}", "sendFileForm", change_file},
    {"/manage/file/{id}/remove", "sendFileRemoval", remove_file},
    {"/manage/job/{id}/publish", "sendJobPublication", publish_job},
    {"/manage/job/{id}/discard", "sendJobDiscarding", discard_job},
};

constexpr ActOfStaff kUpload = {"/manage/dataset/{id}/upload", "sendUploadForm", take_upload};

// Errors are written here because the address decides the language; what is our own fault has to
// reach the log with its details, so the dispatcher writes it.
Reply settled(Reply reply, const Visit& visit) {
  if (reply || reply.error().code == core::ErrorCode::kInternal) return reply;
  http::ErrorContext context;
  context.format = http::ErrorFormat::kHtml;
  context.language = visit.language;
  context.site_url = visit.catalog.options().site_url;
  context.request_id = visit.request.id;
  return error_page(reply.error(), context, visit.request.path, visit.sources);
}

// The rows in both languages.
class Rows {
 public:
  explicit Rows(const WebSources& sources)
      : sources_(sources), sessions_(std::make_shared<const Sessions>(sources.secret)) {}

  void add(const PageOfStaff& row) {
    add_both("GET", row.pattern, row.operation, [show = row.show](const StaffVisit& staff) {
      auto page = show(staff);
      return page ? Reply(reply_with(*page, staff)) : Reply(tl::unexpected(page.error()));
    });
  }
  void add(const ActOfStaff& row, std::uint64_t max_bytes,
           const std::vector<std::string>& types = kFormTypes) {
    add_both("POST", row.pattern, row.operation,
             [act = row.act, sessions = sessions_](const StaffVisit& staff) -> Reply {
               // Not before this is known is anything of the body taken.
               const std::string& site = staff.visit.catalog.options().site_url;
               if (!is_from_here(staff.visit.request, site)) return form_rejected();
               const auto form = read_form(staff.visit.request);
               if (!form) return tl::unexpected(form.error());
               if (!sessions->is_form_token(staff.session, form->text("form_token")))
                 return form_rejected();
               return act(staff, *form);
             });
    for (std::size_t i = rows_.size() - 2; i < rows_.size(); ++i) {
      rows_[i].permission = http::Permission::kUser;
      rows_[i].max_body_bytes = max_bytes;
      rows_[i].content_types = types;
    }
  }
  void add_door(const char* method, const char* operation, Door door) {
    for (const core::Language language : {core::Language::kJa, core::Language::kEn}) {
      http::Route& row = add_row(method, "/manage/sign-in", operation, language);
      row.handler = [sources = sources_, sessions = sessions_, door,
                     language](const http::Request& request) {
        const Visit visit{sources, sources.catalog, request, language, Texts::in(language)};
        return settled(door(visit, *sessions), visit);
      };
      if (row.method == "POST") {
        row.max_body_bytes = 16 * 1024;
        row.content_types = kFormTypes;
      }
    }
  }
  std::vector<http::Route> take() { return std::move(rows_); }

 private:
  template <typename Make>
  void add_both(const char* method, const char* pattern, const char* operation, Make make) {
    for (const core::Language language : {core::Language::kJa, core::Language::kEn}) {
      add_row(method, pattern, operation, language).handler =
          [sources = sources_, sessions = sessions_, make,
           language](const http::Request& request) -> Reply {
        const Visit visit{sources, sources.catalog, request, language, Texts::in(language)};
        const auto session = session_of(visit, *sessions);
        if (!session) return to_sign_in(visit);
        return settled(make(StaffVisit{visit, *session, sessions->form_token(*session)}), visit);
      };
    }
  }
  http::Route& add_row(const char* method, const char* pattern, const char* operation,
                       core::Language language) {
    const bool japanese = language == core::Language::kJa;
    http::Route& row = rows_.emplace_back();
    row.method = method;
    row.pattern = (japanese ? "" : "/en") + std::string(pattern);
    row.operation = std::string(operation) + (japanese ? "" : "InEnglish");
    row.errors = http::ErrorFormat::kHtml;
    row.cache = http::CacheRule::kNone;
    row.execution = http::Execution::kPooled;
    row.cors = false;
    return row;
  }

  WebSources sources_;
  std::shared_ptr<const Sessions> sessions_;
  std::vector<http::Route> rows_;
};

}  // namespace

std::vector<http::Route> manage_routes(const WebSources& sources) {
  Rows rows(sources);
  rows.add_door("GET", "showSignIn", show_sign_in);
  rows.add_door("POST", "signIn", sign_in);
  for (const PageOfStaff& row : kPages) rows.add(row);
  for (const ActOfStaff& row : kActs) rows.add(row, kMaxFormBytes);
  const auto max_file = static_cast<std::uint64_t>(sources.uploads.options().max_bytes);
  rows.add(kUpload, max_file + kMaxUploadTexts, kUploadTypes);
  return rows.take();
}

core::Result<core::Caller> caller_of_session(const WebSources& sources, std::string_view cookies) {
  const auto session = Sessions(sources.secret).read(cookies, sources.catalog.now());
  if (!session || sources.accounts.has_ended(session->id)) return core::Caller();
  return sources.accounts.caller_of_token(session->token_id);
}

}  // namespace minato::web
