// A small HTTP/1.1 server on loopback that can misbehave. One listening socket per site, one thread
// per connection.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/pretend_prefecture/http.h"

namespace minato::pretend {

class Server {
 public:
  Server() = default;
  ~Server();  // ends every connection, whatever it is about
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  struct Listening {
    std::string address;
    std::uint16_t port = 0;  // 0: any free one
    bool keep_alive = true;
  };
  // Listens, without accepting yet; gives the port. Throws when it cannot.
  std::uint16_t listen(const Listening& listening, Answer answer);
  void start();

 private:
  struct Door {
    int socket = -1;
    bool keep_alive = true;
    Answer answer;
  };
  struct Guest {
    int socket = -1;
    std::atomic<bool> gone = false;
    std::thread thread;
  };

  void accept_guests();
  void serve(Guest& guest, const Door& door);
  // False: the connection cannot go on.
  bool reply_to(int socket, const Request& request, const Door& door);
  bool send_reply(int socket, const Reply& reply, const std::string& bytes);
  void forget_gone_guests();
  // False: the server ends.
  bool pause(int milliseconds);

  std::vector<Door> doors_;
  std::list<Guest> guests_;  // of the accepting thread, and of the destructor when that has ended
  std::thread acceptor_;
  int wake_[2] = {-1, -1};
  std::mutex mutex_;
  std::condition_variable ending_;
  bool ended_ = false;
};

}  // namespace minato::pretend
