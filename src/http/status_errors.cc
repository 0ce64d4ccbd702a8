// The errors of HTTP itself: what the server and the dispatcher say when no handler was asked.
#include <algorithm>
#include <iterator>

#include "http/error_encoder.h"
#include "http/server/reply_head.h"

namespace minato::http {
namespace {

using core::ErrorCode;

struct Row {
  int status;
  ErrorCode code;
  const char* id;
  const char* message_ja;
  const char* message_en;
  const char* hint_ja;
  const char* hint_en;
};

constexpr Row kRows[] = {
    {400, ErrorCode::kInvalidArgument, "malformed-request", "HTTP の要求を読み取れません。",
     "The HTTP request cannot be read.", "要求の行とヘッダーの書き方を確かめてください。",
     "Check the request line and the header fields."},
    {401, ErrorCode::kUnauthenticated, "authentication-required",
     "この操作には API トークンが必要です。", "This needs an API token.",
     "Authorization: Bearer <トークン> "
     "を付けてください。期限切れ・取り消し済みのトークンは使えません。",
     "Send Authorization: Bearer <token>; expired and revoked tokens do not work."},
    {404, ErrorCode::kNotFound, "route-not-found", "この URL には何もありません。",
     "There is nothing at this URL.", "URL のつづりを確かめるか、トップページから探してください。",
     "Check the spelling, or start from the home page."},
    {405, ErrorCode::kInvalidArgument, "method-not-allowed",
     "この URL ではこの HTTP メソッドは使えません。", "This URL does not support this HTTP method.",
     "使えるメソッドは Allow ヘッダーにあります。",
     "The Allow header lists the methods it supports."},
    {406, ErrorCode::kNotAcceptable, "not-acceptable", "Accept で求められた形式では返せません。",
     "None of the media types in Accept can be produced.",
     "Accept を省くか、「*/*」を加えてください。", "Leave Accept out, or add \"*/*\"."},
    {408, ErrorCode::kDeadline, "request-timeout", "要求が時間内に届きませんでした。",
     "The request did not arrive in time.", "通信状況を確かめて、もう一度送ってください。",
     "Check the connection and send it again."},
    {411, ErrorCode::kInvalidArgument, "length-required", "Content-Length が必要です。",
     "Content-Length is required.", "本文の長さをバイト数で送ってください。",
     "Send the body's length in bytes."},
    {412, ErrorCode::kPreconditionFailed, "precondition-failed",
     "If-Match などの前提条件が現在の状態と合いません。",
     "A precondition such as If-Match does not hold.",
     "最新の ETag を取得してからやり直してください。", "Fetch the current ETag and try again."},
    {413, ErrorCode::kTooLarge, "body-too-large", "要求の本文が大きすぎます。",
     "The request body is too large.", "小さく分けて送ってください。", "Send less, or in parts."},
    {414, ErrorCode::kTooLarge, "url-too-long", "URL が長すぎます。", "The URL is too long.",
     "条件を減らすか、POST で送ってください。", "Ask for less, or use POST."},
    {415, ErrorCode::kUnsupportedMedia, "unsupported-media-type",
     "この形式の本文は受け付けていません。", "The body's media type is not supported here.",
     "受け付ける形式は Accept ヘッダーにあります。Content-Encoding は使えません。",
     "The Accept header lists what is supported; Content-Encoding is not."},
    {416, ErrorCode::kInvalidArgument, "range-not-satisfiable",
     "求められた範囲はファイルの大きさを超えています。", "The range lies outside of the file.",
     "全体の大きさは Content-Range ヘッダーにあります。",
     "The Content-Range header tells the file's size."},
    {417, ErrorCode::kInvalidArgument, "expectation-failed",
     "Expect ヘッダーの要求には応じられません。", "The Expect header cannot be met.",
     "「100-continue」以外は使えません。", "Only \"100-continue\" is supported."},
    {429, ErrorCode::kRateLimited, "rate-limited", "要求が多すぎます。", "Too many requests.",
     "Retry-After ヘッダーの秒数だけ待ってください。",
     "Wait for the seconds that the Retry-After header gives."},
    {431, ErrorCode::kTooLarge, "header-fields-too-large", "ヘッダーが大きすぎます。",
     "The header fields are too large.", "Cookie などを減らしてください。",
     "Send fewer or shorter fields, such as cookies."},
    {501, ErrorCode::kInvalidArgument, "not-implemented", "この要求の方式には対応していません。",
     "This kind of request is not implemented.",
     "Transfer-Encoding は「chunked」だけに対応しています。",
     "Of transfer codings only \"chunked\" is supported."},
    {503, ErrorCode::kUnavailable, "overloaded", "ただいま混み合っています。",
     "The service is busy.", "少し待ってから、もう一度お試しください。",
     "Wait a moment and try again."},
    {505, ErrorCode::kInvalidArgument, "http-version-not-supported",
     "この HTTP のバージョンには対応していません。", "This HTTP version is not supported.",
     "HTTP/1.1 を使ってください。", "Use HTTP/1.1."},
    {507, ErrorCode::kInsufficientStorage, "spool-full",
     "要求の本文を一時保存する空き容量がありません。",
     "There is no room to keep the request body for now.",
     "時間をおいてやり直すか、運用者へご連絡ください。", "Try again later, or tell the operator."},
};

}  // namespace

core::Error error_of_status(int status) {
  const Row* row = std::find_if(std::begin(kRows), std::end(kRows),
                                [&](const Row& each) { return each.status == status; });
  if (row == std::end(kRows)) return core::fail_internal({}).value();
  return core::Error{
      row->code, row->id, {row->message_ja, row->message_en}, {row->hint_ja, row->hint_en}, {}, {}};
}

}  // namespace minato::http
