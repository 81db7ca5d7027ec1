#include "common/backup/log_admin_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/backup/log_backup.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/note/checkpoint.h"
#include "common/note/note.h"
#include "common/rpc/server.h"
#include "common/rpc/test_call.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace sakip::backup {
namespace {

using absl::StatusCode;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using Stub = eventlog::v1::LogAdminService::Stub;

constexpr char kOperator[] = "subject=ops;roles=operator;scopes=regions/-";

class LogAdminServiceTest : public ::testing::Test {
 protected:
  void Start(bool with_backups) {
    if (with_backups) {
      BackedUpLogs logs;
      logs.log.emplace(BackedUp(*log_, backups_));
      logs.trail.emplace(BackedUp(*trail_, absl::StrCat(backups_, "/audit")));
      runner_ = std::make_unique<BackupRunner>(std::move(logs), clock_);
    }
    rpc::GateOptions gate_options;
    gate_options.services = {eventlog::v1::LogAdminService::service_full_name()};
    gate_ = rpc::Gate::Create(std::move(gate_options)).value();
    service_ = std::make_unique<LogAdminService>(*gate_, runner_.get());
    rpc::ServerOptions server_options;
    server_options.services = {service_.get()};
    server_ = rpc::Server::Start(std::move(server_options), *gate_).value();
    stub_ = eventlog::v1::LogAdminService::NewStub(server_->InProcessChannel());
  }

  BackedUpLog BackedUp(const eventlog::RocksEventLog& log, const std::string& folder) {
    return {.log = &log,
            .folder = BackupFolder::Open(folder).value(),
            .directory = directory_.path(),
            .keys = keys_,
            .checkpoint_note = [this, &log] { return Checkpoint(log); }};
  }

  std::string Checkpoint(const eventlog::RocksEventLog& log) {
    const uint64_t size = log.end_position();
    return note::SignNote(note::CheckpointText({"example/log", size,
                                                std::string(merkle::View(log.Tree(size)->Root()))}),
                          keys_.signers)
        .value();
  }

  sakip::testing::TempDir directory_;
  const std::string backups_ = absl::StrCat(directory_.path(), "/backups");
  sakip::testing::FakeClock clock_{absl::FromUnixSeconds(1'704'067'199)};
  const note::KeyRing keys_ = note::ParseKeyRing(note::GenerateKey("example/log").value()).value();
  std::unique_ptr<eventlog::RocksEventLog> log_ =
      eventlog::RocksEventLog::Open({.directory = absl::StrCat(directory_.path(), "/log")}).value();
  std::unique_ptr<eventlog::RocksEventLog> trail_ =
      eventlog::RocksEventLog::Open({.directory = absl::StrCat(directory_.path(), "/trail")})
          .value();
  std::unique_ptr<BackupRunner> runner_;
  std::unique_ptr<rpc::Gate> gate_;
  std::unique_ptr<LogAdminService> service_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<Stub> stub_;
};

TEST_F(LogAdminServiceTest, MakesAndListsBackups) {
  Start(true);
  ASSERT_THAT(eventlog::AppendNow(*log_, eventlog::TestRequest("r0")), IsOk());

  const auto made = rpc::CallNow(*stub_, &Stub::CreateBackup, {}, kOperator);
  const auto listed = rpc::CallNow(*stub_, &Stub::ListBackups, {}, kOperator);

  ASSERT_THAT(made, IsOk());
  EXPECT_EQ(made->backup().backup_id(), "20231231T235959Z");
  EXPECT_GT(made->new_bytes(), 0u);
  EXPECT_GT(made->backup().total_bytes(), made->new_bytes() / 2);
  ASSERT_THAT(listed, IsOk());
  ASSERT_EQ(listed->backups_size(), 1);
  EXPECT_EQ(listed->backups(0).SerializeAsString(), made->backup().SerializeAsString());
  ASSERT_EQ(listed->trail_backups_size(), 1);
  EXPECT_EQ(listed->trail_backups(0).SerializeAsString(), made->trail_backup().SerializeAsString());
}

TEST_F(LogAdminServiceTest, MakesOfTheTrailABackupThatIsRestoredByItself) {
  Start(true);
  ASSERT_THAT(eventlog::AppendNow(*trail_, eventlog::TestRequest("entry")), IsOk());
  const auto made = rpc::CallNow(*stub_, &Stub::CreateBackup, {}, kOperator);
  ASSERT_THAT(made, IsOk());

  const auto restored = RestoreLog(BackupFolder::Open(absl::StrCat(backups_, "/audit")).value(),
                                   made->trail_backup().backup_id(), keys_.verifiers,
                                   absl::StrCat(directory_.path(), "/restored"),
                                   [](uint64_t, uint64_t) { return true; });

  ASSERT_THAT(restored, IsOk());
  EXPECT_EQ(restored->end_position, 1u);
}

TEST_F(LogAdminServiceTest, ListsADamagedBackupAsDamaged) {
  Start(true);
  ASSERT_THAT(rpc::CallNow(*stub_, &Stub::CreateBackup, {}, kOperator), IsOk());
  std::ofstream(absl::StrCat(backups_, "/backups/20231231T235959Z/MANIFEST")) << "damaged";

  const auto listed = rpc::CallNow(*stub_, &Stub::ListBackups, {}, kOperator);

  ASSERT_THAT(listed, IsOk());
  EXPECT_NE(listed->backups(0).damage(), "");
}

TEST_F(LogAdminServiceTest, TellsOfAManifestThatIsTooLargeWithoutItsPath) {
  Start(true);
  ASSERT_THAT(rpc::CallNow(*stub_, &Stub::CreateBackup, {}, kOperator), IsOk());
  std::ofstream(absl::StrCat(backups_, "/backups/20231231T235959Z/MANIFEST"))
      << std::string(note::kNoteBytesMax + 1, 'x');

  const auto listed = rpc::CallNow(*stub_, &Stub::ListBackups, {}, kOperator);

  ASSERT_THAT(listed, IsOk());
  EXPECT_THAT(listed->backups(0).damage(), HasSubstr("its manifest is larger than 1048576 bytes"));
  EXPECT_THAT(listed->backups(0).damage(), Not(HasSubstr(directory_.path())));
}

TEST_F(LogAdminServiceTest, TellsToTheLogAloneWhyAManifestCannotBeRead) {
  Start(true);
  ASSERT_THAT(rpc::CallNow(*stub_, &Stub::CreateBackup, {}, kOperator), IsOk());
  const std::string manifest = absl::StrCat(backups_, "/backups/20231231T235959Z/MANIFEST");
  std::filesystem::remove(manifest);
  std::filesystem::create_directory(manifest);

  ::testing::internal::CaptureStderr();
  const auto listed = rpc::CallNow(*stub_, &Stub::ListBackups, {}, kOperator);
  const std::string logged = ::testing::internal::GetCapturedStderr();

  ASSERT_THAT(listed, IsOk());
  EXPECT_THAT(listed->backups(0).damage(), HasSubstr("its manifest could not be read"));
  EXPECT_THAT(listed->backups(0).damage(), Not(HasSubstr(directory_.path())));
  EXPECT_THAT(logged, HasSubstr(manifest));
}

TEST_F(LogAdminServiceTest, SaysThatNoBackupWasMadeAndToTheLogAloneWhy) {
  Start(true);
  std::filesystem::remove_all(backups_);
  std::ofstream(backups_) << "in the way";

  ::testing::internal::CaptureStderr();
  const auto made = rpc::CallNow(*stub_, &Stub::CreateBackup, {}, kOperator);
  const std::string logged_of_made = ::testing::internal::GetCapturedStderr();
  ::testing::internal::CaptureStderr();
  const auto listed = rpc::CallNow(*stub_, &Stub::ListBackups, {}, kOperator);
  const std::string logged_of_listed = ::testing::internal::GetCapturedStderr();

  EXPECT_THAT(made, StatusIs(StatusCode::kUnavailable, "SNAPSHOT_FAILED"));
  EXPECT_THAT(made.status().message(), Not(HasSubstr(directory_.path())));
  EXPECT_THAT(logged_of_made, ContainsRegex(absl::StrCat("log_not_backed_up.*", backups_)));
  EXPECT_THAT(listed, StatusIs(StatusCode::kUnavailable, "SNAPSHOT_FAILED"));
  EXPECT_THAT(listed.status().message(), Not(HasSubstr(directory_.path())));
  EXPECT_THAT(logged_of_listed, ContainsRegex(absl::StrCat("backup_unreadable.*", backups_)));
}

// What the engine says names the file that it could not make.
TEST_F(LogAdminServiceTest, TellsToTheLogAloneWhatTheEngineSays) {
  Start(true);
  std::filesystem::rename(absl::StrCat(directory_.path(), "/log/store"),
                          absl::StrCat(directory_.path(), "/moved"));

  ::testing::internal::CaptureStderr();
  const auto made = rpc::CallNow(*stub_, &Stub::CreateBackup, {}, kOperator);
  const std::string logged = ::testing::internal::GetCapturedStderr();

  EXPECT_THAT(made, StatusIs(StatusCode::kUnavailable, "SNAPSHOT_FAILED"));
  EXPECT_THAT(made.status().message(), Not(HasSubstr(directory_.path())));
  EXPECT_THAT(logged, ContainsRegex(absl::StrCat("log_not_backed_up.*", directory_.path())));
}

TEST_F(LogAdminServiceTest, IsForOperators) {
  Start(true);

  EXPECT_THAT(
      rpc::CallNow(*stub_, &Stub::CreateBackup, {}, "subject=r;roles=reporter;scopes=regions/-"),
      StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
}

TEST_F(LogAdminServiceTest, OffersNothingWithoutAFolder) {
  Start(false);

  EXPECT_THAT(rpc::CallNow(*stub_, &Stub::CreateBackup, {}, kOperator),
              StatusIs(StatusCode::kUnimplemented, "NOT_OFFERED"));
  EXPECT_THAT(rpc::CallNow(*stub_, &Stub::ListBackups, {}, kOperator),
              StatusIs(StatusCode::kUnimplemented, "NOT_OFFERED"));
}

// A second backup while one is made is refused; the first one is not disturbed.
TEST_F(LogAdminServiceTest, MakesOneBackupAtATime) {
  std::promise<void> entered, go_on;
  auto may_go_on = go_on.get_future().share();
  BackedUpLogs logs;
  logs.log.emplace(BackedUp(*log_, backups_));
  logs.log->checkpoint_note = [&] {
    entered.set_value();
    may_go_on.wait();
    return Checkpoint(*log_);
  };
  BackupRunner runner(std::move(logs), clock_);
  std::promise<absl::Status> first, second;
  runner.Start([&](const absl::StatusOr<BackupResults>& r) { first.set_value(r.status()); });
  entered.get_future().wait();
  runner.Start([&](const absl::StatusOr<BackupResults>& r) { second.set_value(r.status()); });
  EXPECT_THAT(second.get_future().get(),
              StatusIs(StatusCode::kFailedPrecondition, "BACKUP_RUNNING"));
  go_on.set_value();
  EXPECT_THAT(first.get_future().get(), IsOk());
}

}  // namespace
}  // namespace sakip::backup
