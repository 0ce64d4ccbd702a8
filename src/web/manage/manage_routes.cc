#include "web/manage/manage_routes.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "web/manage/dataset_pages.h"
#include "web/manage/dataset_state.h"
#include "web/manage/file_pages.h"
#include "web/manage/job_list.h"
#include "web/manage/job_page.h"
#include "web/manage/kept_form.h"
#include "web/manage/overview.h"
#include "web/manage/preview_pages.h"
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
using Stranger = Reply (*)(const Visit&);

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
    {"/manage/preview/dataset/{id}", "showDatasetPreview", show_dataset_preview},
    {"/manage/preview/dataset/{id}/resource/{rid}", "showResourcePreview", show_resource_preview},
    {"/manage/jobs", "showJobs", show_jobs},
    {"/manage/job/{id}", "showJob", show_job},
};

// Once more is not needed: it says nothing that could be lost.
constexpr ActOfStaff kSignOut = {"/manage/sign-out", "signOut", sign_out};

constexpr ActOfStaff kActs[] = {
    {"/manage/new", "sendNewDataset", create_dataset},
    {"/manage/dataset/{id}/edit", "sendDatasetForm", change_dataset},
    {"/manage/dataset/{id}/state", "sendDatasetState", change_state},
    {"/manage/dataset/{id}/delete", "sendDeletionForm", delete_dataset},
    {"/manage/file/{id}", "sendFileForm", change_file},
    {"/manage/file/{id}/remove", "sendFileRemoval", remove_file},
    {"/manage/job/{id}/publish", "sendJobPublication", publish_job},
    {"/manage/job/{id}/discard", "sendJobDiscarding", discard_job},
};

// What the pages of a preview link to.
constexpr std::pair<const char*, const char*> kPreviewData[] = {
    {"/manage/preview/api/v1/tables/{rest...}", "showPreviewRows"},
    {"/manage/preview/dataset/{id}/resource/{rid}/download", "downloadPreviewFile"},
};

constexpr ActOfStaff kUpload = {"/manage/dataset/{id}/upload", "sendUploadForm", take_upload};

Reply turn_away(const Visit& visit) { return to_sign_in(visit); }

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

// Answers a form of a page that the session knows: nothing of it is taken before that is sure. One
// from a page that is older than the session is given back, to be sent again.
Reply act_on(Act act, const StaffVisit& staff, const Sessions& sessions) {
  const Visit& visit = staff.visit;
  const std::string& site = visit.catalog.options().site_url;
  if (!is_from_here(visit.request, site)) return form_rejected();
  const auto form = read_form(visit.request);
  if (!form) return tl::unexpected(form.error());
  if (sessions.is_form_token(staff.session, form->text("form_token"))) return act(staff, *form);
  if (form->file || !is_surely_from_here(visit.request, site)) return form_rejected();
  const std::string action = safe_target(visit.request.target, visit.language);
  Page page =
      resend_page(visit, keep_form(action, *form), staff.form_token, "manage_resend_older_page");
  page.status = 403;
  return render(page, visit);
}

// The rows in both languages.
class Rows {
 public:
  explicit Rows(const WebSources& sources)
      : sources_(sources), sessions_(std::make_shared<const Sessions>(sources.secret)) {}

  void add(const PageOfStaff& row) {
    add_both("GET", row.pattern, row.operation, {[show = row.show](const StaffVisit& staff) {
               auto page = show(staff);
               return page ? Reply(reply_with(*page, staff)) : Reply(tl::unexpected(page.error()));
             }});
  }
  void add_preview_data() {
    const auto data = std::make_shared<const PreviewData>(sources_);
    for (const auto& [pattern, operation] : kPreviewData) {
      add_both("GET", pattern, operation,
               {[data](const StaffVisit& staff) { return data->answer(staff.visit.request); }});
    }
  }
  // Read also when nobody is signed in (any more): what was written must not be lost.
  void add_form(const ActOfStaff& row, Stranger stranger = sign_in_first) {
    add_act(row, stranger, kFormTypes, kMaxFormBytes);
  }
  // Of strangers' files not even the body is read.
  void add_upload(const ActOfStaff& row, std::uint64_t max_bytes) {
    add_act(row, turn_away, kUploadTypes, max_bytes);
    for (std::size_t i = rows_.size() - 2; i < rows_.size(); ++i) {
      rows_[i].permission = http::Permission::kUser;
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
        row.max_body_bytes = kMaxFormBytes;  // a form that was kept comes along
        row.content_types = kFormTypes;
      }
    }
  }
  std::vector<http::Route> take() { return std::move(rows_); }

 private:
  struct Answer {
    std::function<Reply(const StaffVisit&)> make;
    Stranger stranger = turn_away;
  };

  void add_both(const char* method, const char* pattern, const char* operation,
                const Answer& answer) {
    for (const core::Language language : {core::Language::kJa, core::Language::kEn}) {
      add_row(method, pattern, operation, language).handler =
          [sources = sources_, sessions = sessions_, answer,
           language](const http::Request& request) -> Reply {
        const Visit visit{sources, sources.catalog, request, language, Texts::in(language)};
        const auto session = session_of(visit, *sessions);
        if (!session) return settled(answer.stranger(visit), visit);
        return settled(answer.make(StaffVisit{visit, *session, sessions->form_token(*session)}),
                       visit);
      };
    }
  }
  void add_act(const ActOfStaff& row, Stranger stranger, const std::vector<std::string>& types,
               std::uint64_t max_bytes) {
    add_both("POST", row.pattern, row.operation,
             {[act = row.act, sessions = sessions_](const StaffVisit& staff) {
                return act_on(act, staff, *sessions);
              },
              stranger});
    for (std::size_t i = rows_.size() - 2; i < rows_.size(); ++i) {
      rows_[i].max_body_bytes = max_bytes;
      rows_[i].content_types = types;
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
    row.execution = row.method == "GET" ? http::Execution::kPooled : http::Execution::kWriting;
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
  rows.add_preview_data();
  rows.add_form(kSignOut, turn_away);
  for (const ActOfStaff& row : kActs) rows.add_form(row);
  const auto max_file = static_cast<std::uint64_t>(sources.uploads.options().max_bytes);
  rows.add_upload(kUpload, max_file + kMaxUploadTexts);
  return rows.take();
}

core::Result<core::Caller> caller_of_session(const WebSources& sources, std::string_view cookies) {
  const auto session = Sessions(sources.secret).read(cookies, sources.catalog.now());
  if (!session) return core::Caller();
  return sources.accounts.caller_of_session(session->token_id, session->id);
}

}  // namespace minato::web
