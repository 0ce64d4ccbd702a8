#include "storage/sqlite/push/upload_rows.h"

#include <string>

#include "storage/sqlite/row_cells.h"

namespace minato::storage::sqlite::push {
namespace {

std::string select(std::string_view where) {
  return "SELECT id, user_id, file_name, media_type, size, sha256, received, state, blob, created,"
         " expires FROM upload WHERE " +
         std::string(where);
}

std::vector<Upload> read_uploads(Statement& row) {
  std::vector<Upload> uploads;
  while (row.step()) {
    Upload& upload = uploads.emplace_back();
    read_row(row, upload.id, upload.user_id, upload.file_name, upload.media_type, upload.size,
             upload.sha256, upload.received, upload.state, upload.blob, upload.created,
             upload.expires);
  }
  return uploads;
}

}  // namespace

void save_upload(Connection& connection, const Upload& upload) {
  connection
      .prepare(
          "INSERT INTO upload (id, user_id, file_name, media_type, size, sha256, received, state,"
          " blob, created, expires) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
          " ON CONFLICT (id) DO UPDATE SET (user_id, file_name, media_type, size, sha256, received,"
          " state, blob, created, expires) = (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")
      .bind_all(upload.id, upload.user_id, upload.file_name, upload.media_type, upload.size,
                upload.sha256, upload.received, code_of(upload.state), upload.blob, upload.created,
                upload.expires)
      .run();
}

std::optional<Upload> find_upload(Connection& connection, std::string_view id) {
  Statement row = connection.prepare(select("id = ?1"));
  row.bind(1, id);
  auto found = read_uploads(row);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<Upload> list_uploads_of(Connection& connection, std::string_view user_id) {
  Statement row = connection.prepare(select("user_id = ?1 ORDER BY created, id"));
  row.bind(1, user_id);
  return read_uploads(row);
}

std::vector<Upload> list_expired_uploads(Connection& connection, core::Timestamp now) {
  Statement row = connection.prepare(select("expires <= ?1 ORDER BY expires, id"));
  row.bind(1, now);
  return read_uploads(row);
}

void delete_upload(Connection& connection, std::string_view id) {
  connection.prepare("DELETE FROM upload WHERE id = ?1").bind(1, id).run();
}

}  // namespace minato::storage::sqlite::push
