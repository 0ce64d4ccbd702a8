#include "harvest/fetch/curl_fetcher.h"

#include <algorithm>
#include <utility>

#include "harvest/fetch/content_disposition.h"
#include "harvest/fetch/fetch_errors.h"
#include "harvest/fetch/redirects.h"

namespace minato::harvest {
namespace {

using Headers = std::vector<std::string>;

bool is_header_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) != 0x7F;
  });
}

bool is_header_name(std::string_view name) {
  return !name.empty() && is_header_text(name) &&
         name.find_first_of(" :()<>@,;\\\"/[]?={}") == std::string_view::npos;
}

Headers common_headers(const CurlFetcherOptions& options, const std::string& accept) {
  return {"User-Agent: " + options.user_agent, "Accept: " + (accept.empty() ? "*/*" : accept),
          "Accept-Encoding: " + std::string(kAcceptedCodings)};
}

struct RequestHeaders {
  Headers everywhere;
  Headers first_host_alone;
};

core::Result<RequestHeaders> request_headers(const CurlFetcherOptions& options,
                                             const FetchRequest& request) {
  RequestHeaders headers;
  headers.everywhere = common_headers(options, request.accept);
  if (!request.etag.empty()) headers.everywhere.push_back("If-None-Match: " + request.etag);
  if (!request.last_modified.empty()) {
    headers.everywhere.push_back("If-Modified-Since: " + request.last_modified);
  }
  for (const auto& [name, value] : request.headers) {
    if (!is_header_name(name)) return tl::unexpected(header_error());
    headers.first_host_alone.push_back(name + ": " + value);
  }
  for (const Headers* list : {&headers.everywhere, &headers.first_host_alone}) {
    if (!std::all_of(list->begin(), list->end(), is_header_text)) {
      return tl::unexpected(header_error());
    }
  }
  return headers;
}

FetchReply reply_of(Arrival& arrival) {
  const ResponseHead& head = arrival.reply.head;
  FetchReply reply;
  reply.status = head.status == 304 ? 304 : 200;
  reply.final_url = arrival.url.to_string();
  ContentType type = parse_content_type(head.find("content-type"));
  reply.content_type = std::move(type.media_type);
  reply.charset = std::move(type.charset);
  reply.etag = validator_of(head.find("etag"));
  reply.last_modified = validator_of(head.find("last-modified"));
  reply.file_name = file_name_of(head.find("content-disposition"));
  reply.body = std::move(arrival.reply.body);
  reply.size = arrival.reply.size;
  reply.sha256 = std::move(arrival.reply.sha256);
  return reply;
}

}  // namespace

core::Result<std::unique_ptr<CurlFetcher>> CurlFetcher::create(const CurlFetcherOptions& options,
                                                               const core::Clock& clock) {
  auto guard = AddressGuard::create(options.allow_networks);
  if (!guard) return tl::unexpected(std::move(guard.error()));
  if (options.user_agent.empty() || !is_header_text(options.user_agent)) {
    return tl::unexpected(header_error());
  }
  return std::unique_ptr<CurlFetcher>(new CurlFetcher(options, std::move(*guard), clock));
}

CurlFetcher::CurlFetcher(const CurlFetcherOptions& options, AddressGuard guard,
                         const core::Clock& clock)
    : options_(options),
      hosts_(options.lock_directory,
             std::max(options.retries.max_retry_after_ms, options.retries.max_backoff_ms), clock),
      transfer_(std::move(guard), options.limits, options.ca_file),
      client_(hosts_, transfer_, options.limits, options.retries, clock),
      robots_(client_, options.robots_product, common_headers(options, "text/plain, */*;q=0.1"),
              clock) {}

core::Result<FetchReply> CurlFetcher::fetch(const FetchRequest& request) {
  auto url = fetchable_url(request.url);
  if (!url) return tl::unexpected(std::move(url.error()));
  auto headers = request_headers(options_, request);
  if (!headers) return tl::unexpected(std::move(headers.error()));
  const std::int64_t delay_ms = request.min_delay_ms < 0 ? options_.delay_ms : request.min_delay_ms;
  const Patience patience{request.deadline, request.stop};

  const auto visit = [&](const core::Url& hop, bool is_same_host) -> core::Result<HopReply> {
    const auto crawl_delay_ms =
        robots_.crawl_delay_ms({hop, request.robots_permission, delay_ms, patience});
    if (!crawl_delay_ms) return tl::unexpected(crawl_delay_ms.error());
    HopRequest hop_request{hop,
                           headers->everywhere,
                           {request.to_file, request.max_bytes, false},
                           std::max(delay_ms, *crawl_delay_ms),
                           patience};
    if (is_same_host) {
      hop_request.headers.insert(hop_request.headers.end(), headers->first_host_alone.begin(),
                                 headers->first_host_alone.end());
    }
    return client_.send(hop_request);
  };
  auto arrival = follow_redirects(std::move(*url), options_.max_redirects, visit);
  if (!arrival) return tl::unexpected(std::move(arrival.error()));
  const int status = arrival->reply.head.status;
  const bool is_conditional = !request.etag.empty() || !request.last_modified.empty();
  if (status != 200 && status != 203 && !(status == 304 && is_conditional)) {
    return tl::unexpected(status_error(arrival->url.to_string(), arrival->reply.head));
  }
  return reply_of(*arrival);
}

Fetcher::Usage CurlFetcher::usage() const { return {client_.requests(), client_.received_bytes()}; }

}  // namespace minato::harvest
