#include "web/manage/job_words.h"

#include "web/frame/ago.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

using State = storage::ImportJob::State;

const char* badge_of(State state) {
  switch (state) {
    case State::kHeld:
      return "warning";
    case State::kDone:
      return "good";
    case State::kFailed:
      return "error";
    case State::kWaiting:
    case State::kRunning:
      return "accent";
    case State::kCancelled:
      break;
  }
  return "";
}

}  // namespace

std::string job_state_words(State state, const Texts& texts) {
  switch (state) {
    case State::kWaiting:
      return texts["manage_job_waiting"];
    case State::kRunning:
      return texts["manage_job_running"];
    case State::kHeld:
      return texts["manage_job_held"];
    case State::kDone:
      return texts["manage_job_done"];
    case State::kFailed:
      return texts["manage_job_failed"];
    case State::kCancelled:
      break;
  }
  return texts["manage_job_cancelled"];
}

View job_item(const storage::ImportJob& job, const StaffVisit& staff) {
  const core::Language language = staff.visit.language;
  View item = object();
  put(item, "file_name", job.file_name);
  put(item, "state", job_state_words(job.state, staff.texts()));
  put(item, "state_class", badge_of(job.state));
  put(item, "is_held", job.state == State::kHeld);
  put(item, "is_open", job.state == State::kWaiting || job.state == State::kRunning);
  put(item, "href", staff.link(job_path(job.id)));
  put(item, "size", display_size(job.bytes));
  put(item, "when", moment_words(job.created, language));
  put(item, "who", job.caller.user_name);
  put(item, "is_new", !job.new_resource.empty());
  return item;
}

}  // namespace minato::web
