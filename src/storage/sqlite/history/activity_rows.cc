#include "storage/sqlite/history/activity_rows.h"

#include <algorithm>
#include <string>

namespace minato::storage::sqlite {
namespace {

constexpr std::string_view kSelect =
    "SELECT id, time, user_id, object_id, organization_id, type, data, is_public FROM activity"
    " WHERE ";

// Unused ones are named too: every statement has the same parameters.
constexpr std::string_view kFilter =
    " AND (?2 = '' OR instr(?2, char(10) || type || char(10)) > 0)"
    " AND (?3 = '' OR instr(?3, char(10) || type || char(10)) = 0)"
    " AND (?4 IS NULL OR time < ?4) AND (?5 IS NULL OR time > ?5) AND (NOT ?6 OR is_public = 1)";

Activity read_activity(const Statement& row) {
  return {row.string(0), row.time(1),   row.string(2), row.string(3),
          row.string(4), row.string(5), row.string(6), row.boolean(7)};
}

// Which index leads to them: each of these has one.
std::string_view condition(const ActivityRequest& request) {
  if (!request.object_id.empty()) return "object_id = ?1";
  if (!request.organization_id.empty()) {
    return "(object_id = ?1 OR (organization_id = ?1 AND organization_id <> ''))";
  }
  if (!request.user_id.empty()) return "user_id = ?1";
  return "?1 = ''";
}

const std::string& key(const ActivityRequest& request) {
  if (!request.object_id.empty()) return request.object_id;
  return request.organization_id.empty() ? request.user_id : request.organization_id;
}

// "\nnew package\nchanged package\n"; empty for none.
std::string lines(const std::vector<std::string>& types) {
  std::string text;
  for (const std::string& type : types) text.append(text.empty() ? "\n" : "").append(type + "\n");
  return text;
}

}  // namespace

std::vector<Activity> list_activities(Connection& connection, const ActivityRequest& request) {
  const bool forwards = request.after && !request.before;
  std::string sql(kSelect);
  sql.append(condition(request)).append(kFilter);
  sql.append(forwards ? " ORDER BY time, activity_no" : " ORDER BY time DESC, activity_no DESC");
  sql.append(" LIMIT ?7 OFFSET ?8");
  const std::string types = lines(request.types);
  const std::string without = lines(request.without_types);
  Statement row = connection.prepare(sql);
  row.bind_all(key(request), types, without, request.before, request.after, request.public_only,
               request.limit < 0 ? 0 : request.limit, request.offset);
  std::vector<Activity> found;
  while (row.step()) found.push_back(read_activity(row));
  if (forwards) std::reverse(found.begin(), found.end());
  return found;
}

std::optional<Activity> find_activity(Connection& connection, std::string_view id) {
  Statement row = connection.prepare(std::string(kSelect) + "id = ?1");
  row.bind(1, id);
  if (!row.step()) return std::nullopt;
  return read_activity(row);
}

void save_activity(Connection& connection, const Activity& activity) {
  connection
      .prepare(
          "INSERT INTO activity (id, time, user_id, object_id, organization_id, type, data,"
          " is_public) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET"
          " (time, user_id, object_id, organization_id, type, data, is_public)"
          " = (?2, ?3, ?4, ?5, ?6, ?7, ?8)")
      .bind_all(activity.id, activity.time, activity.user_id, activity.object_id,
                activity.organization_id, activity.type, activity.data, activity.is_public)
      .run();
}

}  // namespace minato::storage::sqlite
