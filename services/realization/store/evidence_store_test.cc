// What every store of evidence promises, run on each implementation; at the end what only the one
// in a folder does: what is on the disk, and what a start finds there.
#include "services/realization/store/evidence_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <string>

#include "absl/strings/escaping.h"
#include "common/message/digest.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "services/realization/domain/evidence.h"
#include "services/realization/store/folder_evidence_store.h"

namespace sakip::realization {
namespace {

using absl::StatusCode;
using testing::HasField;
using testing::IsOk;
using testing::StatusIs;
using testing::TempDir;

constexpr char kDinsos[] = "regions/35.09/agencies/dinsos";
constexpr char kDinkes[] = "regions/35.09/agencies/dinkes";

DeclaredEvidence Declared(const std::string& content, const std::string& agency = kDinsos) {
  return {agency, absl::BytesToHexString(Sha256(content)), content.size(), "image/jpeg"};
}

// Starts what answers with `T`, and waits for the answer.
template <typename T>
T Await(const std::function<void(std::function<void(T)>)>& start) {
  std::promise<T> answer;
  start([&answer](T value) { answer.set_value(std::move(value)); });
  return answer.get_future().get();
}

absl::Status Write(EvidenceWriter& writer, const std::string& bytes) {
  return Await<absl::Status>([&](auto done) { writer.Write(bytes, done); });
}

absl::StatusOr<bool> Commit(EvidenceWriter& writer) {
  return Await<absl::StatusOr<bool>>([&](auto done) { writer.Commit(done); });
}

absl::StatusOr<bool> Put(EvidenceStore& store, const DeclaredEvidence& declared,
                         const std::string& content) {
  const auto writer = store.Create(declared);
  for (size_t at = 0; at < content.size(); at += kEvidenceChunkBytesMax) {
    const absl::Status written = Write(*writer, content.substr(at, kEvidenceChunkBytesMax));
    if (!written.ok()) return written;
  }
  return Commit(*writer);
}

std::optional<StoredEvidence> Find(EvidenceStore& store, const std::string& agency,
                                   const std::string& digest) {
  using Found = absl::StatusOr<std::vector<std::optional<StoredEvidence>>>;
  return Await<Found>([&](auto done) { store.Stat(agency, {digest}, done); }).value().front();
}

// Appends what was read to `content`, also where it fails.
absl::Status Get(EvidenceStore& store, const DeclaredEvidence& declared, std::string& content) {
  using Opened = absl::StatusOr<std::unique_ptr<EvidenceReader>>;
  auto reader = Await<Opened>(
      [&](auto done) { store.Open(declared.agency, declared.digest, std::move(done)); });
  if (!reader.ok()) return reader.status();
  while (true) {
    const auto bytes =
        Await<absl::StatusOr<std::string>>([&](auto done) { (*reader)->Read(done); });
    if (!bytes.ok()) return bytes.status();
    if (bytes->empty()) return absl::OkStatus();
    content += *bytes;
  }
}

using MakeStore = std::unique_ptr<EvidenceStore> (*)(const std::string& folder);

std::unique_ptr<EvidenceStore> InFolder(const std::string& folder) {
  return FolderEvidenceStore::Open({.directory = folder}).value();
}

class EvidenceStoreTest : public ::testing::TestWithParam<MakeStore> {
 protected:
  const std::string large_ = std::string(kEvidenceChunkBytesMax * 2, 'x') + "end";
  TempDir folder_;
  std::unique_ptr<EvidenceStore> store_ = GetParam()(folder_.path());
};

TEST_P(EvidenceStoreTest, ReturnsWhatWasPut) {
  for (const std::string& content : {std::string("a"), large_}) {
    EXPECT_THAT(Put(*store_, Declared(content), content), IsOk());

    std::string read;
    EXPECT_THAT(Get(*store_, Declared(content), read), IsOk());
    EXPECT_TRUE(read == content);
    const auto found = Find(*store_, kDinsos, Declared(content).digest);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->size_bytes, content.size());
    EXPECT_EQ(found->media_type, "image/jpeg");
  }
}

TEST_P(EvidenceStoreTest, SaysThatItHadTheSameFile) {
  EXPECT_EQ(Put(*store_, Declared("a"), "a").value(), false);
  EXPECT_EQ(Put(*store_, Declared("a"), "a").value(), true);
  EXPECT_EQ(Put(*store_, Declared("a", kDinkes), "a").value(), false);
}

TEST_P(EvidenceStoreTest, KeepsAgenciesApart) {
  ASSERT_THAT(Put(*store_, Declared("a"), "a"), IsOk());
  std::string read;

  EXPECT_FALSE(Find(*store_, kDinkes, Declared("a").digest).has_value());
  EXPECT_THAT(Get(*store_, Declared("a", kDinkes), read),
              StatusIs(StatusCode::kNotFound, "EVIDENCE_NOT_FOUND"));
}

TEST_P(EvidenceStoreTest, KeepsNothingThatIsNotWhatWasDeclared) {
  DeclaredEvidence longer = Declared("abc");
  longer.size_bytes = 4;
  DeclaredEvidence shorter = Declared("abc");
  shorter.size_bytes = 2;

  EXPECT_THAT(Put(*store_, Declared("abd"), "abc"), HasField("digest"));
  EXPECT_THAT(Put(*store_, longer, "abc"), HasField("size_bytes"));
  EXPECT_THAT(Put(*store_, shorter, "abc"), HasField("size_bytes"));

  EXPECT_FALSE(Find(*store_, kDinsos, Declared("abc").digest).has_value());
  EXPECT_FALSE(Find(*store_, kDinsos, Declared("abd").digest).has_value());
}

TEST_P(EvidenceStoreTest, KeepsTheMediaTypeThatAFileHas) {
  ASSERT_THAT(Put(*store_, Declared("a"), "a"), IsOk());
  DeclaredEvidence other = Declared("a");
  other.media_type = "image/png";

  EXPECT_THAT(Put(*store_, other, "a"), HasField("media_type"));
}

TEST_P(EvidenceStoreTest, AnAbandonedUploadLeavesNothing) {
  { EXPECT_THAT(Write(*store_->Create(Declared("abc")), "ab"), IsOk()); }

  EXPECT_FALSE(Find(*store_, kDinsos, Declared("abc").digest).has_value());
}

TEST_P(EvidenceStoreTest, UploadsOfTheSameFileDoNotMix) {
  const auto first = store_->Create(Declared("abc"));
  const auto second = store_->Create(Declared("abc"));
  EXPECT_THAT(Write(*first, "a"), IsOk());
  EXPECT_THAT(Write(*second, "abc"), IsOk());
  EXPECT_THAT(Write(*first, "bc"), IsOk());

  EXPECT_EQ(Commit(*second).value(), false);
  EXPECT_EQ(Commit(*first).value(), true);

  std::string read;
  EXPECT_THAT(Get(*store_, Declared("abc"), read), IsOk());
  EXPECT_EQ(read, "abc");
}

INSTANTIATE_TEST_SUITE_P(Folder, EvidenceStoreTest, ::testing::Values(&InFolder));

class FolderEvidenceStoreTest : public ::testing::Test {
 protected:
  // Files below the folder, those in `incoming` too.
  int Files() const {
    int files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
      files += entry.is_regular_file() ? 1 : 0;
    }
    return files;
  }
  std::string PathOf(const DeclaredEvidence& stored) const {
    return folder_.File(stored.agency + "/sha256/" + stored.digest.substr(0, 2) + "/" +
                        stored.digest + ".jpg");
  }
  static void Overwrite(const std::string& path, const std::string& content) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
  }

  TempDir folder_;
  std::unique_ptr<EvidenceStore> store_ = InFolder(folder_.path());
};

TEST_F(FolderEvidenceStoreTest, KeepsTheSameContentInOneFile) {
  ASSERT_THAT(Put(*store_, Declared("a"), "a"), IsOk());
  ASSERT_THAT(Put(*store_, Declared("a"), "a"), IsOk());

  EXPECT_EQ(Files(), 1);
  EXPECT_TRUE(std::filesystem::exists(PathOf(Declared("a"))));
}

TEST_F(FolderEvidenceStoreTest, WhatBrokeOffIsGoneWithTheStore) {
  { EXPECT_THAT(Write(*store_->Create(Declared("abc")), "ab"), IsOk()); }
  EXPECT_THAT(Put(*store_, Declared("abd"), "abc"), HasField("digest"));

  store_.reset();  // Waits for what runs.

  EXPECT_EQ(Files(), 0);
}

TEST_F(FolderEvidenceStoreTest, AStartRemovesWhatACrashLeft) {
  ASSERT_THAT(Put(*store_, Declared("whole"), "whole"), IsOk());
  store_.reset();
  Overwrite(folder_.File("incoming/1.part"), "half");

  store_ = InFolder(folder_.path());

  EXPECT_EQ(Files(), 1);
  EXPECT_THAT(Put(*store_, Declared("a"), "a"), IsOk());
  EXPECT_TRUE(Find(*store_, kDinsos, Declared("whole").digest).has_value());
}

TEST_F(FolderEvidenceStoreTest, NeverServesDamagedEvidenceAsWhole) {
  const std::string content(kEvidenceChunkBytesMax + 10, 'x');
  const DeclaredEvidence declared = Declared(content);
  ASSERT_THAT(Put(*store_, declared, content), IsOk());
  std::string flipped = content;
  flipped[5] = 'y';

  for (const std::string& damaged :
       {flipped, content.substr(1), content.substr(0, kEvidenceChunkBytesMax)}) {
    Overwrite(PathOf(declared), damaged);
    std::string read;
    EXPECT_THAT(Get(*store_, declared, read), StatusIs(StatusCode::kDataLoss, "EVIDENCE_DAMAGED"));
    EXPECT_LT(read.size(), content.size());
  }
}

TEST_F(FolderEvidenceStoreTest, AnotherUploadMendsDamagedEvidence) {
  ASSERT_THAT(Put(*store_, Declared("abc"), "abc"), IsOk());
  Overwrite(PathOf(Declared("abc")), "abx");

  EXPECT_THAT(Put(*store_, Declared("abc"), "abc"), IsOk());

  std::string read;
  EXPECT_THAT(Get(*store_, Declared("abc"), read), IsOk());
  EXPECT_EQ(read, "abc");
}

TEST_F(FolderEvidenceStoreTest, LeavesTheReserveOfTheDisk) {
  std::atomic<uint64_t> free_bytes{1005};
  store_ = FolderEvidenceStore::Open({.directory = folder_.path(),
                                      .reserve_bytes = 1000,
                                      .free_bytes = [&free_bytes] { return free_bytes.load(); }})
               .value();
  const auto is_full = StatusIs(StatusCode::kResourceExhausted, "DISK_FULL");

  EXPECT_THAT(Put(*store_, Declared("5byte"), "5byte"), IsOk());
  EXPECT_THAT(Put(*store_, Declared("6bytes"), "6bytes"), is_full);
  // The room goes while a file comes.
  const auto writer = store_->Create(Declared("abc"));
  EXPECT_THAT(Write(*writer, "a"), IsOk());
  free_bytes = 1001;
  EXPECT_THAT(Write(*writer, "bc"), is_full);
  free_bytes = 10;
  EXPECT_THAT(Put(*store_, Declared("b"), "b"), is_full);

  std::string read;
  EXPECT_THAT(Get(*store_, Declared("5byte"), read), IsOk());
  free_bytes = 2000;
  EXPECT_THAT(Put(*store_, Declared("6bytes"), "6bytes"), IsOk());
}

// Ten at once, of which three fit.
TEST_F(FolderEvidenceStoreTest, KeepsRoomForAllOfAFileOnceItBegins) {
  std::atomic<uint64_t> free_bytes{1019};
  store_ = FolderEvidenceStore::Open({.directory = folder_.path(),
                                      .reserve_bytes = 1000,
                                      .free_bytes = [&free_bytes] { return free_bytes.load(); }})
               .value();
  const auto send = [&free_bytes](EvidenceWriter& writer, const std::string& bytes) {
    const absl::Status sent = Write(writer, bytes);
    if (sent.ok()) free_bytes -= bytes.size();
    return sent;
  };
  std::vector<std::unique_ptr<EvidenceWriter>> begun;
  for (int i = 0; i < 10; ++i) {
    auto writer = store_->Create(Declared("abcde"));
    const absl::Status sent = send(*writer, "ab");
    if (sent.ok()) {
      begun.push_back(std::move(writer));
    } else {
      EXPECT_THAT(sent, StatusIs(StatusCode::kResourceExhausted, "DISK_FULL"));
    }
  }

  ASSERT_EQ(begun.size(), 3u);
  for (const auto& writer : begun) {
    EXPECT_THAT(send(*writer, "c"), IsOk());
    EXPECT_THAT(send(*writer, "de"), IsOk());
    EXPECT_THAT(Commit(*writer), IsOk());
  }
  EXPECT_EQ(free_bytes, 1004u);
  EXPECT_THAT(Put(*store_, Declared("4444"), "4444"), IsOk());
}

TEST_F(FolderEvidenceStoreTest, RoomThatWasKeptIsFreeOnceAnUploadBreaksOff) {
  store_ = FolderEvidenceStore::Open({.directory = folder_.path(),
                                      .threads = 1,
                                      .reserve_bytes = 1000,
                                      .free_bytes = [] { return uint64_t{1005}; }})
               .value();
  for (int i = 0; i < 3; ++i) {
    const auto writer = store_->Create(Declared("abcde"));
    EXPECT_THAT(Write(*writer, "ab"), IsOk()) << i;
  }
}

TEST_F(FolderEvidenceStoreTest, KeepsNoRoomForAFileThatItCannotMake) {
  store_ = FolderEvidenceStore::Open({.directory = folder_.path(),
                                      .reserve_bytes = 1000,
                                      .free_bytes = [] { return uint64_t{1005}; }})
               .value();
  const std::string incoming = folder_.File("incoming");
  std::filesystem::remove(incoming);
  const auto failed = store_->Create(Declared("abcde"));
  EXPECT_THAT(Write(*failed, "abcde"), StatusIs(StatusCode::kUnavailable, "EVIDENCE_STORE_FAILED"));
  std::filesystem::create_directory(incoming);

  EXPECT_THAT(Put(*store_, Declared("fghij"), "fghij"), IsOk());
}

TEST_F(FolderEvidenceStoreTest, LetsAgenciesTakeTurns) {
  store_ = FolderEvidenceStore::Open({.directory = folder_.path(), .threads = 1}).value();
  std::promise<void> begun, go_on;
  std::string order;  // Of the one thread.
  store_->Stat(kDinsos, {}, [&](auto) {
    begun.set_value();
    go_on.get_future().wait();
  });
  begun.get_future().wait();

  for (int i = 0; i < 3; ++i) store_->Stat(kDinsos, {}, [&order](auto) { order += 's'; });
  store_->Stat(kDinkes, {}, [&order](auto) { order += 'k'; });
  store_->Open(kDinkes, Declared("none").digest, [&order](auto) { order += 'K'; });
  go_on.set_value();
  store_.reset();  // Waits for what runs.

  EXPECT_EQ(order, "sksKs");
}

TEST_F(FolderEvidenceStoreTest, SaysWhereTheDiskDoesNotTakeIt) {
  std::filesystem::remove_all(folder_.File("incoming"));
  EXPECT_THAT(Put(*store_, Declared("a"), "a"),
              StatusIs(StatusCode::kUnavailable, "EVIDENCE_STORE_FAILED"));

  Overwrite(folder_.File("file"), "x");
  EXPECT_THAT(FolderEvidenceStore::Open({.directory = folder_.File("file")}),
              StatusIs(StatusCode::kUnavailable, "EVIDENCE_STORE_FAILED"));
}

}  // namespace
}  // namespace sakip::realization
