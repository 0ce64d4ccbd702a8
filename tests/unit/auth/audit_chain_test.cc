#include "auth/audit_chain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

namespace minato::auth {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kKey = "the server's secret";

struct Log {
  std::vector<core::AuditEntry> entries;
  core::AuditHead head;
};

Log log_of(int count) {
  Log log;
  for (int number = 1; number <= count; ++number) {
    core::AuditEntry entry;
    entry.number = number;
    entry.time.us = 1'700'000'000'000'000 + number;
    entry.user_id = "user-id";
    entry.user_name = "hanako";
    entry.token_id = "token-id";
    entry.address = "192.0.2.1";
    entry.request_id = "request";
    entry.action = "dataset.update";
    entry.subject_kind = "dataset";
    entry.subject_id = "dataset-id";
    entry.subject_name = "population";
    entry.organization_id = "organization-id";
    entry.before_hash = "before";
    entry.after_hash = "after";
    entry.detail = "{}";
    entry.previous = log.head.hash;
    entry.hash = audit_hash(kKey, entry);
    log.head.number = number;
    log.head.hash = entry.hash;
    log.head.seal = audit_seal(kKey, log.head);
    log.entries.push_back(std::move(entry));
  }
  return log;
}

std::vector<std::int64_t> faults_of(const Log& log, const char* key = kKey) {
  AuditVerifier verifier(key);
  for (const core::AuditEntry& entry : log.entries) verifier.entry(entry);
  verifier.head(log.head);
  EXPECT_EQ(verifier.entries(), static_cast<std::int64_t>(log.entries.size()));
  std::vector<std::int64_t> numbers;
  for (const AuditFault& fault : verifier.faults()) {
    EXPECT_FALSE(fault.what.ja.empty());
    EXPECT_FALSE(fault.what.en.empty());
    numbers.push_back(fault.number);
  }
  return numbers;
}

TEST(AuditChain, OfUntouchedEntriesHasNoFault) {
  EXPECT_THAT(faults_of(log_of(0)), IsEmpty());
  EXPECT_THAT(faults_of(log_of(1)), IsEmpty());
  EXPECT_THAT(faults_of(log_of(5)), IsEmpty());
}

TEST(AuditChain, FindsEachChangedField) {
  using Entry = core::AuditEntry;
  for (std::string Entry::*field :
       {&Entry::user_id, &Entry::user_name, &Entry::token_id, &Entry::address, &Entry::request_id,
        &Entry::action, &Entry::subject_kind, &Entry::subject_id, &Entry::subject_name,
        &Entry::organization_id, &Entry::before_hash, &Entry::after_hash, &Entry::detail,
        &Entry::previous, &Entry::hash}) {
    Log log = log_of(5);
    log.entries[2].*field += "x";
    EXPECT_THAT(faults_of(log), ElementsAre(3));
  }
  Log log = log_of(5);
  log.entries[4].time.us += 1;
  EXPECT_THAT(faults_of(log), ElementsAre(5));
}

TEST(AuditChain, SeparatesFieldsThatAreNextToEachOther) {
  Log log = log_of(1);
  log.entries[0].user_id = "user-idh";
  log.entries[0].user_name = "anako";
  EXPECT_THAT(faults_of(log), ElementsAre(1));
}

TEST(AuditChain, FindsAMissingEntry) {
  Log log = log_of(5);
  log.entries.erase(log.entries.begin() + 2);
  EXPECT_THAT(faults_of(log), ElementsAre(3));
  log = log_of(5);
  log.entries.erase(log.entries.begin());
  EXPECT_THAT(faults_of(log), ElementsAre(1));
  log = log_of(5);
  log.entries.erase(log.entries.begin() + 1, log.entries.begin() + 4);
  EXPECT_THAT(faults_of(log), ElementsAre(2)) << "one gap, named by its first number";
}

TEST(AuditChain, FindsEntriesMissingAtTheEnd) {
  Log log = log_of(5);
  log.entries.pop_back();
  EXPECT_THAT(faults_of(log), ElementsAre(5));
  log.entries.clear();
  EXPECT_THAT(faults_of(log), ElementsAre(1));
}

TEST(AuditChain, FindsAGapThatWasClosedByRenumbering) {
  Log log = log_of(5);
  log.entries.erase(log.entries.begin() + 2);
  for (std::size_t i = 2; i < log.entries.size(); ++i) log.entries[i].number -= 1;
  log.head.number = 4;
  EXPECT_THAT(faults_of(log), ElementsAre(3, 4, 4));  // both moved ones, and the seal
}

TEST(AuditChain, FindsReorderedEntries) {
  Log log = log_of(5);
  std::swap(log.entries[1], log.entries[2]);
  EXPECT_THAT(faults_of(log), ElementsAre(2, 2));  // not there in its place, then out of order
  log = log_of(5);
  std::swap(log.entries[1], log.entries[2]);
  std::swap(log.entries[1].number, log.entries[2].number);
  EXPECT_THAT(faults_of(log), ElementsAre(2, 3, 4));  // both, and what stands behind them
  log = log_of(3);
  log.entries.push_back(log.entries[2]);
  EXPECT_THAT(faults_of(log), ElementsAre(3)) << "the same entry twice";
}

TEST(AuditChain, FindsAnEntryOfAnotherChain) {
  Log log = log_of(3);
  core::AuditEntry foreign = log.entries[1];
  foreign.previous = std::string(64, '0');
  foreign.hash = audit_hash(kKey, foreign);
  log.entries[1] = foreign;
  EXPECT_THAT(faults_of(log), ElementsAre(2, 3));
}

TEST(AuditChain, FindsAChangedHead) {
  Log log = log_of(5);
  log.head.seal = std::string(64, '0');
  EXPECT_THAT(faults_of(log), ElementsAre(5));
  log = log_of(5);
  log.head.hash = log.entries[3].hash;
  EXPECT_THAT(faults_of(log), ElementsAre(5, 5));  // its seal, and its hash
  log = log_of(5);
  log.head = log_of(4).head;  // an old one, rightly sealed
  EXPECT_THAT(faults_of(log), ElementsAre(5));
  log.head = {};
  EXPECT_THAT(faults_of(log), ElementsAre(0, 1));
}

TEST(AuditChain, CannotBeMadeWithoutTheKey) {
  EXPECT_THAT(faults_of(log_of(2), "another key"), ElementsAre(1, 2, 2));
}

TEST(AuditChain, NamesAtMostAHundredFaults) {
  Log log = log_of(150);
  for (core::AuditEntry& entry : log.entries) entry.detail = "{\"x\":1}";
  EXPECT_EQ(faults_of(log).size(), 100U);
}

}  // namespace
}  // namespace minato::auth
