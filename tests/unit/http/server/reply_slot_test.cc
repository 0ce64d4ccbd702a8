#include "http/server/reply_slot.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace minato::http {
namespace {

class ReplySlotTest : public testing::Test {
 protected:
  std::vector<Answer> posted() {
    std::vector<Answer> answers;
    mailbox_->take(answers);
    return answers;
  }
  [[nodiscard]] bool rings() const {
    pollfd descriptor{mailbox_->descriptor(), POLLIN, 0};
    return ::poll(&descriptor, 1, 0) == 1;
  }

  std::shared_ptr<Mailbox> mailbox_ = std::make_shared<Mailbox>();
  std::shared_ptr<ReplySlot> slot_ = std::make_shared<ReplySlot>(mailbox_, ConnectionId{5, 9}, 2);
};

TEST_F(ReplySlotTest, KeepsAnAnswerGivenDuringDispatch) {
  Response response;
  response.status = 201;
  slot_->send(std::move(response));
  const auto answer = slot_->end_dispatch();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 201);
  slot_.reset();
  EXPECT_TRUE(posted().empty());
}

TEST_F(ReplySlotTest, PostsAnAnswerGivenLater) {
  EXPECT_FALSE(slot_->end_dispatch());
  slot_->send({});
  EXPECT_TRUE(rings());
  const auto answers = posted();
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0].connection.serial, 5U);
  EXPECT_EQ(answers[0].connection.descriptor, 9);
  EXPECT_EQ(answers[0].request, 2U);
  EXPECT_TRUE(answers[0].response);
  EXPECT_FALSE(rings());
}

TEST_F(ReplySlotTest, PostsAnAnswerOfAnotherThreadEvenDuringDispatch) {
  std::thread([&] { slot_->send({}); }).join();
  EXPECT_FALSE(slot_->end_dispatch());
  EXPECT_EQ(posted().size(), 1U);
}

TEST_F(ReplySlotTest, TakesOneAnswerOfManyThreads) {
  slot_->end_dispatch();
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) threads.emplace_back([slot = slot_] { slot->send({}); });
  for (auto& thread : threads) thread.join();
  slot_.reset();
  EXPECT_EQ(posted().size(), 1U);
}

TEST_F(ReplySlotTest, TellsWhenItWasForgotten) {
  slot_->end_dispatch();
  slot_.reset();
  const auto answers = posted();
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_FALSE(answers[0].response);
}

TEST_F(ReplySlotTest, OutlivesItsReactor) {
  slot_->end_dispatch();
  mailbox_->close();
  slot_->send({});
  EXPECT_TRUE(posted().empty());
}

}  // namespace
}  // namespace minato::http
