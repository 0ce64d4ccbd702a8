// SHA-256 (FIPS 180-4) of bytes that arrive in pieces.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace minato::core {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view bytes);
  // 64 hex digits, lower case. REQUIRES: called once, and nothing is added afterwards.
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string sha256_hex(std::string_view bytes);

}  // namespace minato::core
