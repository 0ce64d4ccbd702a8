#include "harvest/fetch/fetch_errors.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "text/utf8.h"

namespace minato::harvest {
namespace {

using core::ErrorCode;
using core::LocalizedText;

// A very long one is cut so that the message stays readable.
std::string shown(const std::string& url) {
  constexpr std::size_t kMaxBytes = 300;
  const std::string clean = text::sanitized(url);
  return clean.size() <= kMaxBytes ? clean : std::string(text::truncated(clean, kMaxBytes)) + "...";
}

LocalizedText operator+(LocalizedText text, const LocalizedText& more) {
  return {text.ja + more.ja, text.en + more.en};
}

core::Error make(ErrorCode code, std::string_view id, LocalizedText message, LocalizedText hint) {
  return core::fail(code, id, std::move(message), std::move(hint)).value();
}

const LocalizedText kSourceAdministrator = {
    "しばらくしても続く場合は、収集元の管理者へ知らせてください。",
    "If it goes on, tell the administrators of that site."};

}  // namespace

core::Error url_error(const std::string& url, LocalizedText reason) {
  return make(ErrorCode::kInvalidArgument, "harvest-url",
              LocalizedText{"URL「" + shown(url) + "」は取得できません。",
                            "The URL \"" + shown(url) + "\" cannot be fetched. "} +
                  reason,
              {"http:// か https:// で始まる公開の URL を指定してください。",
               "Give a public URL that begins with http:// or https://."});
}

core::Error header_error() {
  return make(ErrorCode::kInvalidArgument, "harvest-header",
              {"送信するヘッダーの値に使えない文字（改行など）があります。",
               "A header to be sent holds characters that are not allowed, such as line breaks."},
              {"収集元の設定（api_key など）と harvest.user_agent を確かめてください。",
               "Check the options of the source (api_key, for one) and harvest.contact."});
}

core::Error address_error(const std::string& where, const std::string& address) {
  core::Error error =
      make(ErrorCode::kPermissionDenied, "harvest-address",
           {shown(where) + " は公開されたインターネットのアドレスではないため、接続しません。",
            shown(where) + " is not at an address of the public Internet, so it is not contacted."},
           {"庁内の収集元であれば、その範囲を設定 harvest.allow_networks に加えてください。",
            "If it is a source of your intranet, add its range to the setting "
            "harvest.allow_networks."});
  error.internal = "refused address " + address;
  return error;
}

core::Error robots_error(const std::string& url, const std::string& line) {
  return make(ErrorCode::kPermissionDenied, "harvest-robots",
              {"公開元の robots.txt が " + shown(url) + " の自動取得を認めていません（" +
                   shown(line) + "）。",
               "The site's robots.txt does not allow automatic access to " + shown(url) + " (" +
                   shown(line) + ")."},
              {"公開元の許可を得て、収集元の設定 robots_permission に誰がいつ許可したかを書くか、"
               "公開元に robots.txt の変更を依頼してください。",
               "Get the publisher's permission and write who gave it and when into the source's "
               "option robots_permission, or ask for a change of robots.txt."});
}

core::Error robots_unreachable_error(const std::string& origin, int status) {
  const std::string code = std::to_string(status);
  return make(ErrorCode::kUpstream, "harvest-robots-unreachable",
              {origin + " の robots.txt を確認できない（HTTP " + code + "）ため、取得を控えます。",
               "The robots.txt of " + origin + " could not be read (HTTP " + code +
                   "), so nothing is fetched from there for now."},
              kSourceAdministrator);
}

core::Error resolve_error(const std::string& where, std::string internal) {
  core::Error error = make(ErrorCode::kUpstream, "harvest-resolve",
                           {shown(where) + " のホスト名が見つかりません。",
                            "The host name of " + shown(where) + " cannot be resolved."},
                           {"URL のホスト名と、このサーバーの DNS の設定を確かめてください。",
                            "Check the host name in the URL and the DNS settings of this server."});
  error.internal = std::move(internal);
  return error;
}

core::Error connect_error(const std::string& where, std::string internal) {
  core::Error error = make(ErrorCode::kUpstream, "harvest-connect",
                           {shown(where) + " に接続できません（応答がありません）。",
                            "No connection to " + shown(where) + ", or no reply on it."},
                           kSourceAdministrator);
  error.internal = std::move(internal);
  return error;
}

core::Error tls_error(const std::string& where, std::string internal) {
  core::Error error =
      make(ErrorCode::kUpstream, "harvest-tls",
           {shown(where) + " との暗号化通信（TLS）を確立できません。証明書が正しくないか、"
                           "方式が古い可能性があります。",
            "No secure connection (TLS) to " + shown(where) +
                ": its certificate is wrong, or its protocol is too old."},
           {"ブラウザーで証明書を確かめ、収集元の管理者へ知らせてください。",
            "Look at its certificate in a browser, and tell the administrators of that site."});
  error.internal = std::move(internal);
  return error;
}

core::Error status_error(const std::string& url, const ResponseHead& head) {
  const std::string code = std::to_string(head.status);
  const bool is_gone = head.status == 404 || head.status == 410;
  LocalizedText message{shown(url) + " は HTTP " + code + " を返しました。",
                        shown(url) + " answered HTTP " + code + "."};
  if (const std::string later = validator_of(head.find("retry-after")); !later.empty()) {
    message =
        message + LocalizedText{"再試行の指定: " + shown(later) + "。",
                                " It asks to come back later (Retry-After: " + shown(later) + ")."};
  }
  core::Error error =
      make(ErrorCode::kUpstream, "harvest-status", std::move(message),
           is_gone ? LocalizedText{"公開元で URL が変わっていないか確かめてください。",
                                   "See whether the publisher has moved it."}
                   : kSourceAdministrator);
  core::ErrorDetail detail;
  detail.param = "status";
  detail.got = code;
  detail.message = error.message;
  error.details.push_back(std::move(detail));
  return error;
}

core::Error timeout_error(const std::string& url, std::int64_t limit_ms) {
  const std::string seconds = std::to_string((limit_ms + 999) / 1000);
  return make(ErrorCode::kDeadline, "harvest-timeout",
              {shown(url) + " の取得が " + seconds + " 秒以内に終わりませんでした。",
               "Fetching " + shown(url) + " took longer than " + seconds + " s."},
              kSourceAdministrator);
}

core::Error slow_error(const std::string& url, std::int64_t bytes_per_second) {
  const std::string speed = std::to_string(bytes_per_second);
  return make(ErrorCode::kDeadline, "harvest-too-slow",
              {shown(url) + " の転送が遅すぎる（毎秒 " + speed + " バイト未満）ため中止しました。",
               "The transfer of " + shown(url) + " was too slow (under " + speed +
                   " bytes/s) and was ended."},
              kSourceAdministrator);
}

core::Error size_error(const std::string& url, std::uint64_t max_bytes) {
  const std::string limit = std::to_string(max_bytes);
  return make(ErrorCode::kTooLarge, "harvest-too-large",
              {shown(url) + " は上限の " + limit + " バイトを超えています。",
               shown(url) + " is larger than the limit of " + limit + " bytes."},
              {"必要なファイルであれば、収集元の設定 max_file_bytes を増やしてください。",
               "If the file is needed, raise the source's option max_file_bytes."});
}

core::Error truncated_error(const std::string& url, LocalizedText reason) {
  return make(ErrorCode::kUpstream, "harvest-truncated",
              LocalizedText{shown(url) + " の内容が最後まで正しく届きませんでした。",
                            "The content of " + shown(url) + " did not arrive whole. "} +
                  reason,
              kSourceAdministrator);
}

core::Error protocol_error(const std::string& url, std::string internal) {
  core::Error error = make(ErrorCode::kUpstream, "harvest-protocol",
                           {shown(url) + " の応答は正しい HTTP ではありません。",
                            "The reply of " + shown(url) + " is no proper HTTP."},
                           kSourceAdministrator);
  error.internal = std::move(internal);
  return error;
}

core::Error redirect_error(const std::string& url, LocalizedText reason) {
  return make(ErrorCode::kUpstream, "harvest-redirects",
              LocalizedText{shown(url) + " の転送（リダイレクト）をたどれません。",
                            "The redirects of " + shown(url) + " cannot be followed. "} +
                  reason,
              {"ブラウザーで開ける最終的な URL を収集元に指定してください。",
               "Give the source the URL where a browser ends up."});
}

core::Error stopped_error(const std::string& where) {
  return make(ErrorCode::kUnavailable, "harvest-stopped",
              {shown(where) + " の取得は途中で止められました。",
               "Fetching " + shown(where) + " was stopped before it was done."},
              {"次の収集で続きから行われます。", "The next run goes on from here."});
}

core::Error wait_error(const std::string& where, std::int64_t wait_ms) {
  const std::string seconds = std::to_string((wait_ms + 999) / 1000);
  return make(ErrorCode::kUnavailable, "harvest-stopped",
              {shown(where) + " への次の要求まで " + seconds +
                   " 秒待つ必要がありますが、この収集の残り時間では足りません。",
               "The next request to " + shown(where) + " has to wait " + seconds +
                   " s, which is more than the time left for this run."},
              {"次の収集で続きから行われます。", "The next run goes on from here."});
}

core::Error file_error(const std::string& call, const std::string& path, int code) {
  const bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
  core::Error error =
      full ? make(ErrorCode::kInsufficientStorage, "storage-full",
                  {"保存先の空き容量が足りません。", "The disk of the data directory is full."},
                  {"データフォルダーのディスクの空き容量を増やしてください。",
                   "Free space on the disk of the data directory."})
           : make(ErrorCode::kUnavailable, "storage-io",
                  {"データフォルダーのファイルの読み書きに失敗しました。",
                   "Reading or writing a file of the data directory failed."},
                  {"ディスクの状態とデータフォルダーの権限を確認してください。",
                   "Check the disk and the permissions of the data directory."});
  error.internal = call + " " + path + ": " + std::strerror(code);
  return error;
}

}  // namespace minato::harvest
