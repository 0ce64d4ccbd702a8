#include "harvest/fetch/curl_transfer.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <new>
#include <optional>
#include <string_view>

#include "harvest/fetch/head_parser.h"
#include "harvest/fetch/speed_watch.h"

namespace minato::harvest {
namespace {

constexpr std::size_t kMaxIdleConnections = 40;
constexpr int kStopCheckMs = 100;

std::optional<IpAddress> address_of(const curl_sockaddr& socket_address) {
  IpAddress address;
  if (socket_address.family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &socket_address.addr, sizeof v4);
    std::memcpy(address.bytes.data(), &v4.sin_addr, 4);
    return address;
  }
  if (socket_address.family != AF_INET6) return std::nullopt;
  // curl_sockaddr ends in a struct sockaddr that libcurl makes as long as the address is.
  const auto* v6 = reinterpret_cast<const sockaddr_in6*>(&socket_address.addr);
  address.is_v6 = true;
  std::memcpy(address.bytes.data(), &v6->sin6_addr, 16);
  return address;
}

// What the callbacks of one transfer share.
struct Exchange {
  Exchange(const AddressGuard& address_guard, const TransferLimits& transfer_limits,
           const TransferRequest& transfer_request, ResponseReader& response_reader)
      : guard(address_guard),
        limits(transfer_limits),
        request(transfer_request),
        reader(response_reader),
        parser(transfer_limits),
        speed(transfer_limits, std::chrono::steady_clock::now()) {}

  const AddressGuard& guard;
  const TransferLimits& limits;
  const TransferRequest& request;
  ResponseReader& reader;
  HeadParser parser;
  SpeedWatch speed;
  CURL* easy = nullptr;
  std::string refused_address;
  bool has_endless_head = false;
  bool ended_by_reader = false;
  bool has_unread_bytes = false;  // behind the body
  std::uint64_t raw_body = 0;     // body bytes as read from the socket, excess included

  void look_for_unread_bytes(curl_socket_t socket);
  void look_for_unread_tls_bytes();
  bool end_head();
  std::optional<TransferEnd> check_time();
};

void Exchange::look_for_unread_bytes(curl_socket_t socket) {
  char byte = 0;
  if (!request.url.starts_with("http:")) return;  // TLS has messages of its own
  has_unread_bytes = has_unread_bytes || recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

// What TLS has decrypted but nobody read. libcurl would keep the connection and take these bytes
// for the next reply.
void Exchange::look_for_unread_tls_bytes() {
  const std::optional<std::uint64_t> announced = reader.head().announced_bytes();
  if (!announced || raw_body < *announced) return;
  curl_tlssessioninfo* session = nullptr;
  curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &session);
  if (session == nullptr || session->backend != CURLSSLBACKEND_OPENSSL) return;
  if (session->internals == nullptr) return;
  has_unread_bytes = SSL_pending(static_cast<const SSL*>(session->internals)) > 0;
}

bool Exchange::end_head() {
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  if (status < 200) return true;
  ended_by_reader = !reader.take_head(parser.take(static_cast<int>(status)));
  return !ended_by_reader;
}

std::optional<TransferEnd> Exchange::check_time() {
  if (request.patience.is_over()) return TransferEnd::kStopped;
  switch (speed.check(std::chrono::steady_clock::now())) {
    case SpeedWatch::Verdict::kTimeout:
      return TransferEnd::kTimeout;
    case SpeedWatch::Verdict::kSilent:
      return TransferEnd::kSilent;
    case SpeedWatch::Verdict::kTooSlow:
      return TransferEnd::kTooSlow;
    case SpeedWatch::Verdict::kFine:
      break;
  }
  return std::nullopt;
}

// --- callbacks; exceptions (out of memory) must not pass through libcurl, so they end the program

curl_socket_t open_socket(void* data, curlsocktype, curl_sockaddr* address) noexcept {
  auto& exchange = *static_cast<Exchange*>(data);
  const std::optional<IpAddress> target = address_of(*address);
  if (!target || !exchange.guard.permits(*target)) {
    exchange.refused_address = target ? to_text(*target) : "of an unknown family";
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t on_header(char* bytes, std::size_t, std::size_t size, void* data) noexcept {
  auto& exchange = *static_cast<Exchange*>(data);
  const std::string_view line(bytes, size);
  exchange.speed.add(size);
  exchange.has_endless_head = !exchange.parser.add_line(line);
  if (exchange.has_endless_head) return 0;
  const bool ends_head = !exchange.reader.has_head() && (line == "\r\n" || line == "\n");
  return !ends_head || exchange.end_head() ? size : 0;
}

std::size_t on_body(char* bytes, std::size_t, std::size_t size, void* data) noexcept {
  auto& exchange = *static_cast<Exchange*>(data);
  exchange.speed.add(size);
  exchange.request.received_bytes += static_cast<std::int64_t>(size);
  exchange.look_for_unread_tls_bytes();
  exchange.ended_by_reader = !exchange.reader.take_body(std::string_view(bytes, size));
  return exchange.ended_by_reader ? 0 : size;
}

// libcurl silently drops what it read beyond the announced length; here it can be seen.
int on_debug(CURL*, curl_infotype type, char*, std::size_t size, void* data) noexcept {
  if (type == CURLINFO_DATA_IN) static_cast<Exchange*>(data)->raw_body += size;
  return 0;
}

TransferEnd end_of(CURLcode code, const Exchange& exchange) {
  if (exchange.has_endless_head) return TransferEnd::kNotHttp;
  if (exchange.ended_by_reader) return TransferEnd::kEndedByReader;
  const bool has_head = exchange.reader.has_head();
  switch (code) {
    case CURLE_OK:
      return has_head ? TransferEnd::kWhole : TransferEnd::kNotHttp;
    case CURLE_COULDNT_RESOLVE_HOST:
      return TransferEnd::kResolve;
    case CURLE_COULDNT_CONNECT:
      return exchange.refused_address.empty() ? TransferEnd::kConnect
                                              : TransferEnd::kRefusedAddress;
    case CURLE_OPERATION_TIMEDOUT:  // the connect time-out: the others are ours
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
      return TransferEnd::kConnect;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return TransferEnd::kTls;
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
      return has_head ? TransferEnd::kTruncated : TransferEnd::kConnect;
    case CURLE_URL_MALFORMAT:
      return TransferEnd::kUnusableUrl;
    default:
      return has_head ? TransferEnd::kTruncated : TransferEnd::kNotHttp;
  }
}

bool has_excess(const Exchange& exchange) {
  const ResponseHead& head = exchange.reader.head();
  const std::optional<std::uint64_t> announced = head.announced_bytes();
  return exchange.reader.keeps_body() && announced && head.find("transfer-encoding").empty() &&
         (exchange.raw_body > *announced || exchange.has_unread_bytes);
}

}  // namespace

// An easy handle in a multi handle of its own: that one keeps the connection, and can be polled.
class CurlTransfer::Connection {
 public:
  explicit Connection(std::string origin)
      : origin_(std::move(origin)), multi_(curl_multi_init()), easy_(curl_easy_init()) {
    if (multi_ == nullptr || easy_ == nullptr) throw std::bad_alloc();
  }
  ~Connection() {
    curl_easy_cleanup(easy_);
    curl_multi_cleanup(multi_);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  [[nodiscard]] const std::string& origin() const { return origin_; }
  [[nodiscard]] CURL* easy() const { return easy_; }
  void set_up(Exchange& exchange, curl_slist* headers, const std::string& ca_file);
  TransferOutcome run(Exchange& exchange);

 private:
  static int close_socket(void* data, curl_socket_t socket) noexcept;
  std::optional<CURLcode> finished_code();
  const std::string origin_;
  CURLM* const multi_;
  CURL* const easy_;
  Exchange* exchange_ = nullptr;  // while one is going on
  std::array<char, CURL_ERROR_SIZE> message_{};
};

int CurlTransfer::Connection::close_socket(void* data, curl_socket_t socket) noexcept {
  const auto* connection = static_cast<Connection*>(data);
  if (connection->exchange_ != nullptr) connection->exchange_->look_for_unread_bytes(socket);
  return close(socket);
}

void CurlTransfer::Connection::set_up(Exchange& exchange, curl_slist* headers,
                                      const std::string& ca_file) {
  curl_easy_reset(easy_);
  message_[0] = '\0';
  const auto set = [this](CURLoption option, auto value) {
    curl_easy_setopt(easy_, option, value);
  };
  set(CURLOPT_URL, exchange.request.url.c_str());
  set(CURLOPT_HTTPHEADER, headers);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_QUICK_EXIT, 1L);  // a name server that hangs must not hold up a stop
  set(CURLOPT_PATH_AS_IS, 1L);
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(exchange.limits.connect_timeout_ms));
  set(CURLOPT_ERRORBUFFER, message_.data());
  if (!ca_file.empty()) set(CURLOPT_CAINFO, ca_file.c_str());
  set(CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(&exchange));
  set(CURLOPT_CLOSESOCKETFUNCTION, &close_socket);
  set(CURLOPT_CLOSESOCKETDATA, static_cast<void*>(this));
  set(CURLOPT_HEADERFUNCTION, &on_header);
  set(CURLOPT_HEADERDATA, static_cast<void*>(&exchange));
  set(CURLOPT_WRITEFUNCTION, &on_body);
  set(CURLOPT_WRITEDATA, static_cast<void*>(&exchange));
  set(CURLOPT_DEBUGFUNCTION, &on_debug);
  set(CURLOPT_DEBUGDATA, static_cast<void*>(&exchange));
  set(CURLOPT_VERBOSE, 1L);  // or else the debug function is not called
}

std::optional<CURLcode> CurlTransfer::Connection::finished_code() {
  int waiting = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &waiting)) {
    if (message->msg == CURLMSG_DONE) return message->data.result;
  }
  return std::nullopt;
}

TransferOutcome CurlTransfer::Connection::run(Exchange& exchange) {
  exchange_ = &exchange;
  curl_multi_add_handle(multi_, easy_);
  TransferOutcome outcome;
  for (;;) {
    int running = 0;
    const CURLMcode performed = curl_multi_perform(multi_, &running);
    if (const auto code = finished_code(); code || performed != CURLM_OK) {
      outcome.end = end_of(code.value_or(CURLE_FAILED_INIT), exchange);
      outcome.detail = curl_easy_strerror(code.value_or(CURLE_FAILED_INIT));
      break;
    }
    if (const auto end = exchange.check_time()) {
      outcome.end = *end;
      break;
    }
    curl_multi_poll(multi_, nullptr, 0, kStopCheckMs, nullptr);
  }
  curl_socket_t socket = CURL_SOCKET_BAD;
  curl_easy_getinfo(easy_, CURLINFO_ACTIVESOCKET, &socket);
  if (socket != CURL_SOCKET_BAD) exchange.look_for_unread_bytes(socket);
  curl_multi_remove_handle(multi_, easy_);
  exchange_ = nullptr;
  curl_easy_reset(easy_);  // it must not point to the exchange any longer
  if (message_[0] != '\0') outcome.detail = message_.data();
  if (outcome.end == TransferEnd::kRefusedAddress) outcome.detail = exchange.refused_address;
  if (outcome.end == TransferEnd::kWhole && has_excess(exchange)) {
    outcome.end = TransferEnd::kWrongLength;
  }
  return outcome;
}

CurlTransfer::CurlTransfer(AddressGuard guard, const TransferLimits& limits, std::string ca_file)
    : guard_(std::move(guard)), limits_(limits), ca_file_(std::move(ca_file)) {
  curl_global_init(CURL_GLOBAL_DEFAULT);  // counted, and thread-safe since 7.84
}

CurlTransfer::~CurlTransfer() {
  idle_.clear();
  curl_global_cleanup();
}

TransferOutcome CurlTransfer::run(const TransferRequest& request, ResponseReader& reader) {
  std::unique_ptr<Connection> connection = take_connection(request.origin);
  Exchange exchange(guard_, limits_, request, reader);
  exchange.easy = connection->easy();
  curl_slist* list = nullptr;
  for (const std::string& header : request.headers) {
    curl_slist* longer = curl_slist_append(list, header.c_str());
    if (longer == nullptr) {
      curl_slist_free_all(list);
      throw std::bad_alloc();
    }
    list = longer;
  }
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(list,
                                                                            &curl_slist_free_all);
  connection->set_up(exchange, headers.get(), ca_file_);
  TransferOutcome outcome = connection->run(exchange);
  const bool is_clean = outcome.end == TransferEnd::kWhole && !exchange.has_unread_bytes;
  if (is_clean) keep_connection(std::move(connection));
  return outcome;
}

std::unique_ptr<CurlTransfer::Connection> CurlTransfer::take_connection(const std::string& origin) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(idle_.begin(), idle_.end(), [&](const auto& connection) {
    return connection->origin() == origin;
  });
  if (found == idle_.end()) return std::make_unique<Connection>(origin);
  std::unique_ptr<Connection> connection = std::move(*found);
  idle_.erase(found);
  return connection;
}

void CurlTransfer::keep_connection(std::unique_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(connection));
  if (idle_.size() > kMaxIdleConnections) idle_.pop_front();
}

}  // namespace minato::harvest
