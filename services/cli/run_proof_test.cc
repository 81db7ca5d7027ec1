// The commands that export, verify, prove and witness a log.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "common/base/durable_file.h"
#include "common/eventlog/verify/log_receipt.h"
#include "common/note/key_file.h"
#include "services/cli/testing_log.h"
#include "services/cli/testing_run.h"

namespace sakip::cli {
namespace {

using eventlog::TestHistory;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr uint64_t kEvents = 25;
constexpr size_t kFileBytesMax = 1 << 20;

class RunProofTest : public RunTest {
 protected:
  RunProofTest() {
    service_.history.Grow(kEvents);
    service_.signed_size = kEvents - 1;
    variables_["SAKIP_REALIZATION"] = server_.address();
  }

  std::string File(const std::string& name) const { return folder_ + "/" + name; }
  std::string Key() const { return service_.history.signer().verifier().vkey(); }
  std::string Text(const std::string& name) const { return *ReadFile(File(name), kFileBytesMax); }

  Outcome Log(const std::string& command, std::vector<std::string> more) {
    std::vector<std::string> args = {"log", command, "--trusted-key", Key()};
    args.insert(args.end(), more.begin(), more.end());
    return Run(args);
  }
  Outcome VerifyLive(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"--service", "realization"});
    return Log("verify", more);
  }
  Outcome Receipt(uint64_t position) {
    return Log("receipt", {"--service", "realization", "--position", std::to_string(position),
                           "--file", File("a.tlog-proof")});
  }

  // Makes the log another from `until` on, signed with the same key.
  void Fork(uint64_t until) {
    TestHistory fork(service_.history.signer());
    fork.Grow(static_cast<int>(until));
    fork.Grow(static_cast<int>(kEvents - until), "forged");
    service_.history = fork;
  }

  std::vector<std::string> WitnessArguments() {
    if (witness_key_.empty()) {
      witness_key_ = *note::GenerateKey("inspectorate.test", note::KeyType::kWitness);
      EXPECT_TRUE(note::WriteKeyFile(File("witness.key"), witness_key_).ok());
    }
    return {"witness", "--service",         "realization",   "--state", File("witness"),
            "--key",   File("witness.key"), "--trusted-key", Key()};
  }
  Outcome Witness(std::vector<std::string> more) {
    std::vector<std::string> args = WitnessArguments();
    args.insert(args.end(), more.begin(), more.end());
    return Run(args);
  }

  HistoryService service_;
  FakeServer server_{{&service_}};
  std::string witness_key_;
};

TEST_F(RunProofTest, ExportsALogThatVerifiesOffline) {
  const Outcome exported =
      Log("export", {"--service", "realization", "--file", File("log.export")});
  ASSERT_EQ(exported.code, 0) << exported.err;
  variables_["SAKIP_REALIZATION"] = kNobody;
  const Outcome verified = Log("verify", {"--file", File("log.export"), "--output", "json"});
  ASSERT_EQ(verified.code, 0) << verified.err;
  const auto json = nlohmann::json::parse(verified.out);
  EXPECT_EQ(json.at("origin"), eventlog::kTestOrigin);
  EXPECT_EQ(json.at("size"), kEvents - 1);
  EXPECT_EQ(verified.err, "") << "no progress where nobody watches";

  std::string bytes = Text("log.export");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  const Outcome damaged = Log("verify", {"--file", Write("damaged", bytes)});
  EXPECT_EQ(damaged.code, 1);
  EXPECT_THAT(damaged.err, AllOf(HasSubstr("DATA_LOSS LOG_DAMAGED"), HasSubstr("position: 1")));
  EXPECT_EQ(damaged.out, "");
}

TEST_F(RunProofTest, AnExportIsNeverWrittenOverAndNeverOfADamagedLog) {
  service_.change_record = [](eventlog::v1::StoredRecord& record) {
    record.mutable_record()->back() ^= 1;
  };
  EXPECT_EQ(Log("export", {"--service", "realization", "--file", File("e")}).code, 1);
  EXPECT_FALSE(std::filesystem::exists(File("e")));
  EXPECT_FALSE(std::filesystem::exists(File("e.part")));
  service_.change_record = [](auto&) {};
  const Outcome there = Log("export", {"--service", "realization", "--file", Write("mine", "x")});
  EXPECT_EQ(there.code, 1);
  EXPECT_THAT(there.err, HasSubstr("EXPORT_EXISTS"));
  EXPECT_EQ(Text("mine"), "x");
}

TEST_F(RunProofTest, VerifiesALiveLogAndKeepsItsCheckpoint) {
  const std::string kept = File("last.note");
  const Outcome first = VerifyLive({"--keep-checkpoint", kept});
  ASSERT_EQ(first.code, 0) << first.err;
  EXPECT_THAT(first.out, AllOf(HasSubstr("the log of realization is whole and unchanged\n"),
                               HasSubstr("sakip.test/log: 24 records, root ")));
  EXPECT_EQ(Text("last.note"), service_.history.SignedNoteAt(kEvents - 1));
  service_.history.Grow(5);
  service_.signed_size = kEvents + 5;
  const Outcome later = VerifyLive({"--checkpoint", kept});
  EXPECT_EQ(later.code, 0) << later.err;
}

TEST_F(RunProofTest, NamesTheRecordOfALiveLogThatIsWrong) {
  int record = 0;
  service_.change_record = [&record](eventlog::v1::StoredRecord& stored) {
    if (record++ == 17) stored.mutable_record()->back() ^= 1;
  };
  const Outcome outcome = VerifyLive();
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("LOG_DAMAGED"), HasSubstr("position: 17\n")));
}

// Another history, right in itself, under the checkpoint of the true one.
TEST_F(RunProofTest, CatchesRecordsThatAreNotTheOnesSigned) {
  service_.served_note = service_.history.SignedNoteAt(kEvents);
  Fork(20);
  EXPECT_THAT(VerifyLive().err, HasSubstr("CHECKPOINT_DIFFERS"));
  const Outcome exported =
      Log("export", {"--service", "realization", "--file", File("log.export")});
  EXPECT_THAT(exported.err, HasSubstr("CHECKPOINT_DIFFERS"));
  EXPECT_FALSE(std::filesystem::exists(File("log.export")));
}

TEST_F(RunProofTest, CatchesALogThatWentBackOrForked) {
  const std::string kept = File("last.note");
  ASSERT_EQ(VerifyLive({"--keep-checkpoint", kept}).code, 0);
  service_.signed_size = kEvents - 2;
  EXPECT_THAT(VerifyLive({"--checkpoint", kept}).err, HasSubstr("LOG_ROLLED_BACK"));
  Fork(20);
  service_.signed_size = kEvents - 1;
  EXPECT_EQ(VerifyLive().code, 0) << "it is whole; only who kept the checkpoint knows";
  EXPECT_THAT(VerifyLive({"--checkpoint", kept}).err, HasSubstr("LOG_FORKED"));
  service_.signed_size = kEvents;
  EXPECT_THAT(VerifyLive({"--checkpoint", kept}).err, HasSubstr("PROOF_INVALID"));
}

TEST_F(RunProofTest, SaysSoWhereTheCallerMayNotReadAllOrTheServerHasLess) {
  service_.left_out_from = 12;
  const Outcome left_out = VerifyLive();
  EXPECT_EQ(left_out.code, 1);
  EXPECT_THAT(left_out.err, AllOf(HasSubstr("FAILED_PRECONDITION"),
                                  HasSubstr("this caller may not read all of the log")));
}

TEST_F(RunProofTest, TrustsNoOtherKey) {
  const std::string other = eventlog::TestSigner().verifier().vkey();
  const Outcome outcome =
      Run({"log", "verify", "--service", "realization", "--trusted-key", other});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("SIGNATURE_MISSING"));
  EXPECT_EQ(Run({"log", "verify", "--service", "realization"}).code, 2) << "some key is needed";
  EXPECT_EQ(Run({"log", "verify", "--service", "realization", "--trusted-key", "nothing"}).code, 2);
}

TEST_F(RunProofTest, VerifyTakesOneThingAtATime) {
  EXPECT_EQ(Log("verify", {}).code, 2);
  EXPECT_EQ(Log("verify", {"--file", "a", "--service", "realization"}).code, 2);
  EXPECT_EQ(Log("verify", {"--file", "a", "--receipt", "b"}).code, 2);
  EXPECT_EQ(Log("verify", {"--file", "a", "--keep-checkpoint", "b"}).code, 2);
  EXPECT_EQ(Log("verify", {"--receipt", "a", "--checkpoint", "b"}).code, 2);
}

TEST_F(RunProofTest, WritesAReceiptThatIsVerifiedOfflineAndAgainstTheLog) {
  // Not in the checkpoint that is served, until it is asked for.
  ASSERT_EQ(Receipt(kEvents - 1).code, 0);
  const auto receipt = eventlog::ParseReceipt(Text("a.tlog-proof"));
  ASSERT_TRUE(receipt.ok());
  EXPECT_EQ(receipt->record, service_.history.records()[kEvents - 1].record);
  const std::vector<std::string> args = {"--receipt", File("a.tlog-proof")};
  const Outcome offline = Log("verify", args);
  ASSERT_EQ(offline.code, 0) << offline.err;
  EXPECT_THAT(offline.out, HasSubstr("proves the record at position 24\n"));

  service_.history.Grow(5);
  service_.signed_size = kEvents + 5;
  const Outcome live = VerifyLive(args);
  ASSERT_EQ(live.code, 0) << live.err;
  EXPECT_THAT(live.out, HasSubstr("still holds the record of the receipt at position 24\n"));
  Fork(10);
  service_.signed_size = kEvents;
  EXPECT_THAT(VerifyLive(args).err, HasSubstr("LOG_FORKED"));

  std::string changed = Text("a.tlog-proof");
  changed[40] = changed[40] == 'A' ? 'B' : 'A';
  EXPECT_EQ(Log("verify", {"--receipt", Write("changed", changed)}).code, 1);
}

TEST_F(RunProofTest, WritesNoReceiptThatDoesNotVerify) {
  service_.change_record = [](eventlog::v1::StoredRecord& record) {
    record.mutable_record()->back() ^= 1;
  };
  EXPECT_THAT(Receipt(3).err, HasSubstr("PROOF_INVALID"));
  EXPECT_FALSE(std::filesystem::exists(File("a.tlog-proof")));
}

TEST_F(RunProofTest, MakesKeysAndShowsOnlyWhatMayBeSeen) {
  const Outcome made =
      Run({"log", "key", "generate", "--name", "x.go.id/log", "--file", File("k")});
  ASSERT_EQ(made.code, 0) << made.err;
  EXPECT_THAT(made.out, ::testing::StartsWith("x.go.id/log+"));
  EXPECT_THAT(Text("k"), HasSubstr("PRIVATE+KEY+x.go.id/log+"));
  const Outcome shown = Run({"log", "key", "show", "--file", File("k")});
  EXPECT_EQ(shown.out, made.out);
  const Outcome json = Run({"log", "key", "show", "--file", File("k"), "--output", "json"});
  EXPECT_EQ(nlohmann::json::parse(json.out).at("keys").at(0).at("signs"), true);
  EXPECT_THAT(json.out, Not(HasSubstr("PRIVATE")));
  EXPECT_EQ(Run({"log", "key", "generate", "--name", "x", "--file", File("k")}).code, 2);
  EXPECT_EQ(Run({"log", "key", "generate", "--name", "a b", "--file", File("n")}).code, 2);
  EXPECT_EQ(Run({"log", "key", "show", "--file", File("none")}).code, 2);
}

TEST_F(RunProofTest, WitnessCosignsWhatContinues) {
  const Outcome first = Witness({"--once"});
  ASSERT_EQ(first.code, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr("cosigned sakip.test/log: 24 records"));
  service_.history.Grow(7);
  service_.signed_size = kEvents + 7;
  ASSERT_EQ(Witness({"--once"}).code, 0);
  const std::vector<note::Verifier> keys = {service_.history.signer().verifier(),
                                            note::Signer::Parse(witness_key_)->verifier()};
  const auto cosigned = note::OpenCheckpoint(Text("witness/checkpoint"), keys);
  ASSERT_TRUE(cosigned.ok());
  EXPECT_EQ(cosigned->checkpoint.size, kEvents + 7);
  EXPECT_EQ(cosigned->witnesses.size(), 1u);
}

TEST_F(RunProofTest, WitnessGoesOnUntilTheLogForksAndKeepsTheEvidence) {
  service_.unavailable_calls = 0;
  service_.before_checkpoint = [this] {
    if (service_.checkpoint_calls == 3) Fork(11);
  };
  const Outcome outcome = Witness({"--every", "1ms"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(service_.checkpoint_calls, 3);
  EXPECT_EQ(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 2);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("LOG_FORKED"), HasSubstr("evidence: ")));
  int evidence = 0;
  for (const auto& entry : std::filesystem::directory_iterator(File("witness"))) {
    evidence += entry.path().filename().string().rfind("conflict-", 0) == 0 ? 1 : 0;
  }
  EXPECT_EQ(evidence, 1);
}

TEST_F(RunProofTest, WitnessAsksAgainWhereTheLogCannotBeReachedNow) {
  // More than a call retries by itself.
  service_.unavailable_calls = 30;
  service_.before_checkpoint = [this] {
    if (service_.checkpoint_calls == 32) Fork(11);
  };
  const Outcome outcome = Witness({"--every", "1ms"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("UNAVAILABLE SHUTTING_DOWN"), HasSubstr("LOG_FORKED")));
  EXPECT_THAT(outcome.out, HasSubstr("cosigned"));
}

TEST_F(RunProofTest, WitnessNeedsAKeyOfItsOwnKind) {
  ASSERT_TRUE(note::WriteKeyFile(File("log.key"), *note::GenerateKey("log")).ok());
  std::vector<std::string> args = WitnessArguments();
  args[6] = File("log.key");
  EXPECT_EQ(Run(args).code, 2);
  EXPECT_EQ(Witness({"--every", "soon"}).code, 2);
  EXPECT_EQ(Witness({"--once", "--every", "1s"}).code, 2);
}

}  // namespace
}  // namespace sakip::cli
