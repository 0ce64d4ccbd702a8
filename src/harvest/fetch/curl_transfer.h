// One HTTP exchange over libcurl; the only files that know it.
#pragma once

#include <atomic>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "harvest/fetch/address.h"
#include "harvest/fetch/patience.h"
#include "harvest/fetch/response_reader.h"
#include "harvest/fetch/transfer_limits.h"

namespace minato::harvest {

enum class TransferEnd {
  kWhole,
  kEndedByReader,
  kRefusedAddress,
  kResolve,
  kConnect,  // no connection, or it closed before a head was complete
  kTls,
  kTimeout,
  kSilent,  // not one byte within the speed window
  kTooSlow,
  kStopped,
  kTruncated,    // the connection or a chunk ended before the body did
  kWrongLength,  // more bytes than announced
  kNotHttp,      // no proper reply, or endless headers
  kUnusableUrl,
};

struct TransferOutcome {
  TransferEnd end = TransferEnd::kWhole;
  std::string detail;  // for the log
};

struct TransferRequest {
  std::string url;                   // ASCII, without fragment and user info
  std::string origin;                // connections are kept by it
  std::vector<std::string> headers;  // "Name: value"
  Patience patience;
  std::atomic<std::int64_t>& received_bytes;  // of bodies, as they came; added to while they come
};

// Thread-safe. Addresses are checked when a socket is made for them, whatever name led there;
// proxies, cookies, .netrc, redirects and other protocols are off.
class CurlTransfer {
 public:
  // `ca_file`: certificates to trust instead of the system's; may be empty.
  CurlTransfer(AddressGuard guard, const TransferLimits& limits, std::string ca_file);
  ~CurlTransfer();

  TransferOutcome run(const TransferRequest& request, ResponseReader& reader);

 private:
  class Connection;
  std::unique_ptr<Connection> take_connection(const std::string& origin);
  void keep_connection(std::unique_ptr<Connection> connection);

  const AddressGuard guard_;
  const TransferLimits limits_;
  const std::string ca_file_;
  std::mutex mutex_;
  std::list<std::unique_ptr<Connection>> idle_;  // the longest unused first
};

}  // namespace minato::harvest
