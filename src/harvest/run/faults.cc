#include "harvest/run/faults.h"

#include <algorithm>
#include <array>

namespace minato::harvest {

storage::HarvestFault make_fault(const FaultPlace& place, const core::Error& error,
                                 core::Timestamp now) {
  storage::HarvestFault fault;
  fault.job_id = place.job_id;
  fault.object_id = place.object_id;
  fault.stage = place.stage;
  fault.record = place.record;
  fault.url = place.url;
  fault.error_id = error.id;
  fault.message = error.message;
  fault.created = now;
  // The first detail says where in the document it is; the rest would repeat it.
  if (!error.details.empty()) {
    const core::ErrorDetail& detail = error.details.front();
    const std::string place_text = detail.param.empty() ? detail.position : detail.param;
    if (!detail.message.empty()) {
      fault.message.ja += " (" + place_text + ": " + detail.message.ja + ")";
      fault.message.en += " (" + place_text + ": " + detail.message.en + ")";
    }
  }
  return fault;
}

core::Result<void> add_fault(storage::HarvestStore& store, const FaultPlace& place,
                             const core::Error& error, core::Timestamp now) {
  return store.add_faults({make_fault(place, error, now)});
}

core::Error broken_error(std::string_view what) {
  auto error = core::fail(core::ErrorCode::kInternal, "harvest-broke-off",
                          {"この収集元を読むプログラムの内部で異常が起きました。",
                           "The program broke while it was reading this source."},
                          {"収集元の URL を添えて開発者へ知らせてください。",
                           "Tell the developers the URL of the source."})
                   .value();
  error.internal = what;
  return error;
}

bool is_unreachable(const core::Error& error) {
  static constexpr std::array<std::string_view, 5> kIds{
      "harvest-resolve", "harvest-connect", "harvest-tls", "harvest-timeout", "harvest-too-slow"};
  return std::find(kIds.begin(), kIds.end(), error.id) != kIds.end();
}

}  // namespace minato::harvest
