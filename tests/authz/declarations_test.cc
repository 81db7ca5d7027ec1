// No RPC without a rule: whatever declaration is taken away or spoiled, a server that would serve
// the method refuses to start and names it.

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/audit/audit_entries.h"
#include "common/rpc/method_table.h"
#include "common/testing/status_matchers.h"
#include "sakip/options/v1/authorization.pb.h"
#include "sakip/options/v1/items.pb.h"
#include "tests/calls/every_method.h"

namespace sakip::authz {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorProto;
using google::protobuf::FileDescriptorSet;
using google::protobuf::MethodDescriptorProto;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAreArray;

FileDescriptorSet ReadProtos() {
  FileDescriptorSet protos;
  std::ifstream file(SAKIP_BINARY_DIR "/tests/authz/sakip.binpb", std::ios::binary);
  EXPECT_TRUE(protos.ParseFromIstream(&file));
  return protos;
}

// Calls `visit` with each method and its path.
void ForEachMethod(FileDescriptorSet& protos,
                   const std::function<void(MethodDescriptorProto&, const std::string&)>& visit) {
  for (FileDescriptorProto& file : *protos.mutable_file()) {
    for (auto& service : *file.mutable_service()) {
      for (MethodDescriptorProto& method : *service.mutable_method()) {
        visit(method, absl::StrCat("/", file.package(), ".", service.name(), "/", method.name()));
      }
    }
  }
}

// Calls `visit` with each field that says how many items it may have, and its full name.
void ForEachItemsMax(FileDescriptorSet& protos,
                     const std::function<void(FieldDescriptorProto&, const std::string&)>& visit) {
  for (FileDescriptorProto& file : *protos.mutable_file()) {
    for (auto& message : *file.mutable_message_type()) {
      for (FieldDescriptorProto& field : *message.mutable_field()) {
        if (!field.options().HasExtension(options::v1::items_max)) continue;
        visit(field, absl::StrCat(file.package(), ".", message.name(), ".", field.name()));
      }
    }
  }
}

std::vector<std::string> ServicesOf(const FileDescriptorSet& protos) {
  std::vector<std::string> services;
  for (const FileDescriptorProto& file : protos.file()) {
    for (const auto& service : file.service()) {
      services.push_back(absl::StrCat(file.package(), ".", service.name()));
    }
  }
  return services;
}

// What a server of all services says to `protos`.
absl::Status StartWith(const FileDescriptorSet& protos) {
  DescriptorPool pool;
  for (const FileDescriptorProto& file : protos.file()) {
    if (pool.BuildFile(file) == nullptr) return absl::InternalError("no such file");
  }
  return rpc::MethodTable::Create(ServicesOf(protos), pool).status();
}

// Spoils one method at a time with `spoil`, which returns false where the method has nothing to
// spoil. Returns how many were refused for it.
int SpoilEach(const std::function<bool(MethodDescriptorProto&)>& spoil) {
  const FileDescriptorSet protos = ReadProtos();
  std::vector<std::string> paths;
  FileDescriptorSet copy = protos;
  ForEachMethod(copy,
                [&](MethodDescriptorProto&, const std::string& path) { paths.push_back(path); });
  int refused = 0;
  for (const std::string& spoiled : paths) {
    FileDescriptorSet changed = protos;
    bool did = false;
    ForEachMethod(changed, [&](MethodDescriptorProto& method, const std::string& path) {
      if (path == spoiled) did = spoil(method);
    });
    if (!did) continue;
    const absl::Status status = StartWith(changed);
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << spoiled;
    EXPECT_THAT(std::string(status.message()), HasSubstr(absl::StrCat(spoiled, " "))) << spoiled;
    ++refused;
  }
  return refused;
}

options::v1::Authorization& Declared(MethodDescriptorProto& method) {
  return *method.mutable_options()->MutableExtension(options::v1::authorization);
}

constexpr int kMethodsAtLeast = 54;

TEST(Declarations, AreWholeAsTheyAre) { EXPECT_TRUE(StartWith(ReadProtos()).ok()); }

// Tests that go through every method have those of every service that there is.
TEST(EveryMethod, IsOfEveryProto) {
  EXPECT_THAT(calls::EveryService(), UnorderedElementsAreArray(ServicesOf(ReadProtos())));
}

TEST(Declarations, NoneMayBeMissing) {
  EXPECT_GE(SpoilEach([](MethodDescriptorProto& method) {
              method.mutable_options()->ClearExtension(options::v1::authorization);
              return true;
            }),
            kMethodsAtLeast);
}

TEST(Declarations, NoPermissionMayBeMissingOrUnknown) {
  EXPECT_GE(SpoilEach([](MethodDescriptorProto& method) {
              Declared(method).clear_permission();
              return true;
            }),
            kMethodsAtLeast);
  EXPECT_GE(SpoilEach([](MethodDescriptorProto& method) {
              Declared(method).mutable_permission()->append("s");
              return true;
            }),
            kMethodsAtLeast);
}

TEST(Declarations, NoTenantFieldMayBeMisspelled) {
  EXPECT_GE(SpoilEach([](MethodDescriptorProto& method) {
              if (Declared(method).tenant_field().empty()) return false;
              Declared(method).mutable_tenant_field()->append("x");
              return true;
            }),
            45);
}

TEST(Declarations, NoWriteMayLackItsKey) {
  EXPECT_GE(SpoilEach([](MethodDescriptorProto& method) {
              if (!Declared(method).writes()) return false;
              Declared(method).set_request_id_field("no_such_field");
              return true;
            }),
            15);
}

TEST(Declarations, NoLimitMayBeMissing) {
  EXPECT_GE(SpoilEach([](MethodDescriptorProto& method) {
              Declared(method).clear_cost();
              return true;
            }),
            kMethodsAtLeast);
  EXPECT_GE(SpoilEach([](MethodDescriptorProto& method) {
              Declared(method).clear_max_request_bytes();
              return true;
            }),
            kMethodsAtLeast);
  // A stream may last as long as its connection.
  EXPECT_GE(SpoilEach([](MethodDescriptorProto& method) {
              if (method.server_streaming()) return false;
              Declared(method).clear_max_deadline_seconds();
              return true;
            }),
            45);
}

// What is not in the audit trail even where somebody calls it on behalf of all tenants, and why: a
// method that is neither here nor recorded is a mistake.
const std::vector<std::string>& NothingToRecord() {
  static const auto& methods = *new std::vector<std::string>{
      // Sizes, hashes and signatures, which say nothing about anybody and are made to be compared.
      "/sakip.eventlog.v1.EventLogService/GetHead",
      "/sakip.eventlog.v1.EventLogService/GetCheckpoint",
      "/sakip.eventlog.v1.EventLogService/GetInclusionProof",
      "/sakip.eventlog.v1.EventLogService/GetConsistencyProof",
      // Times and sizes of backups, without their content.
      "/sakip.eventlog.v1.LogAdminService/ListBackups",
      // Rules that are the same for everybody.
      "/sakip.scoring.v1.ScoringService/GetPolicy",
      "/sakip.scoring.v1.ScoringService/ListPolicies",
      // How far scoring has read.
      "/sakip.scoring.v1.ScoringService/GetProgress",
  };
  return methods;
}

TEST(Declarations, WhatIsNotRecordedIsKnown) {
  const FileDescriptorSet protos = ReadProtos();
  DescriptorPool pool;
  for (const FileDescriptorProto& file : protos.file()) pool.BuildFile(file);
  const auto table = rpc::MethodTable::Create(ServicesOf(protos), pool);
  ASSERT_TRUE(table.ok());

  std::vector<std::string> unrecorded;
  for (const rpc::Method& method : table->methods()) {
    rpc::Call::Parts call;
    if (!method.tenant_field.empty()) call.tenant = "regions/35";
    if (audit::HowRecorded(rpc::Call(std::move(call)), method) == audit::Recorded::kNothing) {
      unrecorded.push_back(method.path);
    }
  }

  EXPECT_GE(table->methods().size(), 59u);
  EXPECT_THAT(unrecorded, UnorderedElementsAreArray(NothingToRecord()));
}

TEST(Declarations, NoWriteMayBeRecordedTwice) {
  EXPECT_GE(SpoilEach([](MethodDescriptorProto& method) {
              if (!Declared(method).writes()) return false;
              Declared(method).set_recorded(true);
              return true;
            }),
            15);
}

TEST(Declarations, NoRepeatedFieldOfARequestMayBeWithoutAMost) {
  const FileDescriptorSet protos = ReadProtos();
  std::vector<std::string> fields;
  FileDescriptorSet copy = protos;
  ForEachItemsMax(
      copy, [&](FieldDescriptorProto&, const std::string& field) { fields.push_back(field); });
  for (const std::string& spoiled : fields) {
    FileDescriptorSet changed = protos;
    ForEachItemsMax(changed, [&](FieldDescriptorProto& field, const std::string& name) {
      if (name == spoiled) field.mutable_options()->ClearExtension(options::v1::items_max);
    });
    const absl::Status status = StartWith(changed);
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << spoiled;
    EXPECT_THAT(std::string(status.message()), HasSubstr(absl::StrCat(spoiled, ",")));
  }
  EXPECT_GE(fields.size(), 68u);
}

}  // namespace
}  // namespace sakip::authz
