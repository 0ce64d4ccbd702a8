#include "core/process_owner.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <vector>

namespace minato::core {

namespace {

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return "unknown";
  return name.data();
}

std::string boot_id() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string id;
  std::getline(file, id);
  return id.substr(0, id.find('-'));
}

// "pid:[4026531836]" without its decoration.
std::string pid_namespace() {
  std::array<char, 64> target{};
  const ssize_t length = ::readlink("/proc/self/ns/pid", target.data(), target.size() - 1);
  std::string digits;
  for (ssize_t i = 0; i < length; ++i) {
    const char c = target[static_cast<std::size_t>(i)];
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

struct ProcessState {
  char state = '?';
  std::string start;  // clock ticks since boot
};

// proc(5): fields 3 and 22 of stat; field 2, the program's name, may hold anything but its last
// ")".
std::optional<ProcessState> process_state(const std::string& pid) {
  std::ifstream file("/proc/" + pid + "/stat");
  if (!file) return std::nullopt;
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const std::size_t name_end = text.rfind(')');
  if (name_end == std::string::npos) return std::nullopt;
  std::istringstream fields(text.substr(name_end + 1));
  ProcessState found;
  fields >> found.state;
  for (int field = 4; field <= 22; ++field) fields >> found.start;
  if (!fields) return std::nullopt;
  return found;
}

struct Owner {
  std::string host;
  std::string pid;
  std::string start;
  std::string boot;
  std::string name_space;
};

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

bool is_number(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

std::optional<Owner> parse_owner(const std::string& text) {
  const std::vector<std::string> parts = split(text, ':');
  if (parts.size() != 4 || !is_number(parts[1])) return std::nullopt;
  const std::vector<std::string> place = split(parts[2], '-');
  if (place.size() != 3) return std::nullopt;
  return Owner{parts[0], parts[1], place[0], place[1], place[2]};
}

}  // namespace

std::string make_lease_owner() {
  static std::atomic<unsigned> count{0};
  const std::string pid = std::to_string(::getpid());
  const auto self = process_state(pid);
  return host_name() + ":" + pid + ":" + (self ? self->start : "0") + "-" + boot_id() + "-" +
         pid_namespace() + ":" + std::to_string(++count);
}

bool is_dead_owner(const std::string& text) {
  const auto owner = parse_owner(text);
  if (!owner || owner->host != host_name()) return false;
  if (owner->boot != boot_id()) return true;
  if (owner->name_space != pid_namespace()) return false;
  const auto process = process_state(owner->pid);
  return !process || process->state == 'Z' || process->state == 'X' ||
         process->start != owner->start;
}

}  // namespace minato::core
