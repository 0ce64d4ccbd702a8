#include "service/imports/upload_errors.h"

namespace minato::service {

using core::ErrorCode;

UploadFailure upload_not_found(std::string_view id) {
  const std::string name(id);
  return core::fail(
      ErrorCode::kNotFound, "upload-not-found",
      {"アップロード " + name + " は見つかりません。", "There is no upload " + name + "."},
      {"期限が切れたものは消えています。新しく始めてください。",
       "Expired ones are gone; begin a new one."});
}

UploadFailure upload_too_large(std::int64_t size, std::int64_t most) {
  return core::fail(ErrorCode::kTooLarge, "upload-too-large",
                    {"ファイルが大きすぎます（" + std::to_string(size) + " バイト、上限 " +
                         std::to_string(most) + " バイト）。",
                     "The file is too large (" + std::to_string(size) + " bytes; at most " +
                         std::to_string(most) + ")."},
                    {"年度や地域で分けるか、ZIP または gzip で圧縮してください。",
                     "Split it by year or area, or pack it with ZIP or gzip."});
}

UploadFailure too_many_uploads(std::int64_t most) {
  return core::fail(
      ErrorCode::kRateLimited, "too-many-uploads",
      {"終わっていないアップロードが " + std::to_string(most) + " 件あります。",
       "You have " + std::to_string(most) + " uploads that are not finished."},
      {"続けるか、取り消してから始めてください。", "Finish or abort some of them first."});
}

UploadFailure size_invalid() {
  return core::fail(
      ErrorCode::kInvalidArgument, "upload-size-invalid",
      {"ファイルの大きさが正しくありません。", "The size of the file is not valid."},
      {"バイト数を 0 以上の整数で書いてください。", "Give the number of bytes, 0 or more."});
}

UploadFailure checksum_invalid() {
  return core::fail(ErrorCode::kInvalidArgument, "checksum-invalid",
                    {"SHA-256 の形式が正しくありません。", "This is not a SHA-256."},
                    {"16 進数 64 桁で書いてください。", "Give 64 hexadecimal digits."});
}

UploadFailure checksum_mismatch(const std::string& announced, const std::string& found) {
  return core::fail(
      ErrorCode::kInvalidArgument, "checksum-mismatch",
      {"届いたデータの SHA-256 が違います（届いたもの " + found + "、予告 " + announced + "）。",
       "The SHA-256 of what arrived is " + found + ", not " + announced + "."},
      {"途中で壊れたか、別のファイルです。もう一度送ってください。",
       "It was damaged on its way, or it is another file; send it again."});
}

UploadFailure offset_mismatch(std::int64_t right) {
  const std::string place = std::to_string(right);
  return core::fail(
      ErrorCode::kConflict, "upload-offset-mismatch",
      {"位置が違います。次は " + place + " バイト目からです。",
       "The offset is not right; the next part begins at " + place + "."},
      {"位置 " + place + " から送ってください。", "Send the part at offset " + place + "."});
}

UploadFailure part_too_long(std::int64_t size) {
  const std::string bytes = std::to_string(size);
  return core::fail(ErrorCode::kInvalidArgument, "upload-part-too-long",
                    {"予告した大きさ（" + bytes + " バイト）を超えます。",
                     "The part goes beyond the announced size (" + bytes + " bytes)."},
                    {"大きさを確かめ、新しいアップロードを始めてください。",
                     "Check the size and begin a new upload."});
}

UploadFailure upload_incomplete(const storage::Upload& upload) {
  const std::string got = std::to_string(upload.received);
  const std::string all = std::to_string(upload.size);
  return core::fail(ErrorCode::kConflict, "upload-incomplete",
                    {"まだ全部届いていません（" + all + " バイトのうち " + got + " バイト）。",
                     "Only " + got + " of " + all + " bytes have arrived."},
                    {"位置 " + got + " から続けてください。", "Go on at offset " + got + "."});
}

}  // namespace minato::service
