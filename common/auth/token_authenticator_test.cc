#include "common/auth/token_authenticator.h"

#include <gmock/gmock.h>
#include <grpc/grpc_security_constants.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/auth/test_issuer.h"
#include "common/message/digest.h"
#include "common/rpc/test_peer.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"

namespace sakip::auth {
namespace {

using absl::StatusCode;
using sakip::testing::FakeClock;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Whose DER is the three bytes `abc`: nothing looks into it.
constexpr char kCertificate[] = "-----BEGIN CERTIFICATE-----\nYWJj\n-----END CERTIFICATE-----\n";
constexpr char kOther[] = "-----BEGIN CERTIFICATE-----\nYWJk\n-----END CERTIFICATE-----\n";

class TokenAuthenticatorTest : public ::testing::Test {
 protected:
  TokenAuthenticatorTest() {
    TokenOptions options;
    options.issuer = kIssuer;
    options.audience = kAudience;
    options.clock = &clock_;
    authenticator_ = MakeTokenAuthenticator(options, keys_).value();
  }

  absl::StatusOr<rpc::Principal> Authenticate(const std::string& token,
                                              const grpc::AuthContext* peer = nullptr) {
    return AuthenticateWith({"Bearer " + token}, peer);
  }
  absl::StatusOr<rpc::Principal> AuthenticateWith(const std::vector<std::string>& values,
                                                  const grpc::AuthContext* peer = nullptr) {
    rpc::Metadata metadata;
    for (const std::string& value : values) metadata.emplace("authorization", value);
    return authenticator_->Authenticate({.metadata = metadata, .peer = peer});
  }

  std::string Good(Algorithm algorithm = Algorithm::kEdDsa) {
    return IssueToken(GoodRequest(clock_.Now()), TestKey(algorithm));
  }

  FakeClock clock_;
  std::shared_ptr<TestKeys> keys_ =
      std::make_shared<TestKeys>(Jwks({Algorithm::kRs256, Algorithm::kEs256, Algorithm::kEdDsa}));
  std::unique_ptr<rpc::Authenticator> authenticator_;
};

TEST_F(TokenAuthenticatorTest, KnowsWhoComesWithATokenOfEachAlgorithm) {
  for (const Algorithm algorithm : {Algorithm::kRs256, Algorithm::kEs256, Algorithm::kEdDsa}) {
    const auto principal = Authenticate(Good(algorithm));

    ASSERT_THAT(principal, IsOk());
    EXPECT_EQ(principal->subject, "siti@dinsos");
    EXPECT_THAT(principal->roles, ElementsAre(rpc::Role::kPlanner, rpc::Role::kReporter));
    ASSERT_EQ(principal->scopes.size(), 2u);
    EXPECT_EQ(principal->scopes[0].AgencyName(), "regions/35.09/agencies/dinsos");
    EXPECT_EQ(principal->scopes[1].region, "35.10");
    EXPECT_EQ(principal->key_id, "jwk:" + TestKey(algorithm).public_key().thumbprint());
    EXPECT_EQ(principal->expiry_time, clock_.Now() + absl::Minutes(16));
    EXPECT_THAT(authenticator_->Confirm(*principal), IsOk());
  }
  EXPECT_FALSE(authenticator_->loopback_only());
}

TEST_F(TokenAuthenticatorTest, WantsExactlyOneBearer) {
  const auto refused = StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID");
  const std::string token = Good();

  EXPECT_THAT(AuthenticateWith({}), refused);
  EXPECT_THAT(AuthenticateWith({"Bearer " + token, "Bearer " + token}), refused);
  EXPECT_THAT(AuthenticateWith({token}), refused);
  EXPECT_THAT(AuthenticateWith({"Bearer"}), refused);
  EXPECT_THAT(AuthenticateWith({"Bearer "}), refused);
  EXPECT_THAT(AuthenticateWith({"Bearer  " + token}), refused);
  EXPECT_THAT(AuthenticateWith({"Bearer " + token + " "}), refused);
  EXPECT_THAT(AuthenticateWith({"Basic c2l0aTpyYWhhc2lh"}), refused);
  EXPECT_THAT(AuthenticateWith({"bearer " + token}), IsOk());
}

TEST_F(TokenAuthenticatorTest, BelievesNoDevelopmentIdentity) {
  rpc::Metadata metadata;
  metadata.emplace(rpc::kDevIdentityKey, "subject=x;roles=planner;scopes=regions/-");

  EXPECT_THAT(authenticator_->Authenticate({.metadata = metadata}),
              StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
}

TEST_F(TokenAuthenticatorTest, TakesATokenBoundToACertificateFromItsOwnerOnly) {
  TokenRequest request = GoodRequest(clock_.Now());
  request.certificate = Sha256("abc");
  const std::string token = IssueToken(request, TestKey(Algorithm::kEdDsa));

  // The second time it is remembered, and still bound.
  for (int i = 0; i < 2; ++i) {
    const rpc::TestPeer owner = rpc::TestPeer::With(kCertificate);
    const rpc::TestPeer thief = rpc::TestPeer::With(kOther);
    const rpc::TestPeer nobody({});
    EXPECT_THAT(Authenticate(token, &owner), IsOk());
    EXPECT_THAT(Authenticate(token, &thief),
                StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
    EXPECT_THAT(Authenticate(token, &nobody), StatusIs(StatusCode::kUnauthenticated));
    EXPECT_THAT(Authenticate(token), StatusIs(StatusCode::kUnauthenticated));
  }
}

TEST_F(TokenAuthenticatorTest, TakesATokenBoundToNothingFromAnyConnection) {
  const rpc::TestPeer peer = rpc::TestPeer::With(kOther);

  EXPECT_THAT(Authenticate(Good(), &peer), IsOk());
}

TEST_F(TokenAuthenticatorTest, RemembersNoTokenPastItsExpiry) {
  const std::string token = Good();
  const auto principal = Authenticate(token);
  ASSERT_THAT(principal, IsOk());

  clock_.Advance(absl::Minutes(16) - absl::Nanoseconds(1));
  EXPECT_THAT(Authenticate(token), IsOk());
  EXPECT_THAT(authenticator_->Confirm(*principal), IsOk());

  clock_.Advance(absl::Nanoseconds(1));
  for (int i = 0; i < 2; ++i) {
    const auto late = Authenticate(token);
    EXPECT_THAT(late, StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
    EXPECT_THAT(std::string(late.status().message()), HasSubstr("has expired"));
  }
  EXPECT_THAT(authenticator_->Confirm(*principal),
              StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
}

TEST_F(TokenAuthenticatorTest, RemembersNoTokenPastItsKey) {
  const std::string token = Good();
  const auto principal = Authenticate(token);
  ASSERT_THAT(principal, IsOk());

  keys_->Set(Jwks({Algorithm::kEs256}));

  EXPECT_THAT(Authenticate(token), StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
  EXPECT_THAT(authenticator_->Confirm(*principal),
              StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
  EXPECT_THAT(Authenticate(Good(Algorithm::kEs256)), IsOk());
}

// The name of a key is not the key: another one under it vouches for nothing that was.
TEST_F(TokenAuthenticatorTest, RemembersNoTokenPastAKeyThatAnotherTookTheNameOf) {
  const std::string token = Good();
  const auto principal = Authenticate(token);
  ASSERT_THAT(principal, IsOk());
  auto jwks = nlohmann::json::parse(Jwks({Algorithm::kEs256}));
  jwks.at("keys").at(0)["kid"] = TestKey(Algorithm::kEdDsa).public_key().thumbprint();

  keys_->Set(jwks.dump());

  EXPECT_THAT(Authenticate(token), StatusIs(StatusCode::kUnauthenticated));
  EXPECT_THAT(authenticator_->Confirm(*principal), StatusIs(StatusCode::kUnauthenticated));
}

TEST_F(TokenAuthenticatorTest, AsksForKeysOnlyWhereOneIsUnknown) {
  EXPECT_THAT(Authenticate(Good()), IsOk());
  EXPECT_THAT(Authenticate("x.y.z"), StatusIs(StatusCode::kUnauthenticated));
  EXPECT_EQ(keys_->unknown, 0);

  keys_->Set(Jwks({}));

  EXPECT_THAT(Authenticate(Good(Algorithm::kEs256)), StatusIs(StatusCode::kUnauthenticated));
  EXPECT_EQ(keys_->unknown, 1);
}

TEST_F(TokenAuthenticatorTest, ConfirmsNobodyWhomItDidNotEstablish) {
  rpc::Principal principal;
  principal.key_id = "certificate";

  EXPECT_THAT(authenticator_->Confirm(principal), StatusIs(StatusCode::kUnauthenticated));
  principal.key_id = "jwk:";
  EXPECT_THAT(authenticator_->Confirm(principal), StatusIs(StatusCode::kUnauthenticated));
  principal.key_id = "";
  EXPECT_THAT(authenticator_->Confirm(principal), StatusIs(StatusCode::kUnauthenticated));
}

TEST(MakeTokenAuthenticator, WantsItsOptions) {
  const auto wrong = StatusIs(StatusCode::kInvalidArgument, "TOKEN_OPTION_WRONG");
  TokenOptions options;
  options.issuer = kIssuer;
  options.audience = kAudience;
  options.jwks = "no/such/file";

  EXPECT_THAT(MakeTokenAuthenticator(options),
              StatusIs(StatusCode::kFailedPrecondition, "JWKS_UNREADABLE"));
  options.jwks = "http://issuer.example.go.id/jwks";
  EXPECT_THAT(MakeTokenAuthenticator(options),
              StatusIs(StatusCode::kInvalidArgument, "JWKS_URL_WRONG"));
  options.jwks = "";
  EXPECT_THAT(MakeTokenAuthenticator(options), wrong);
  options.jwks = "x";
  options.clock_skew = absl::Minutes(6);
  EXPECT_THAT(MakeTokenAuthenticator(options), wrong);
  options.clock_skew = absl::ZeroDuration();
  options.lifetime_max = absl::ZeroDuration();
  EXPECT_THAT(MakeTokenAuthenticator(options), wrong);
  options.lifetime_max = absl::Minutes(1);
  options.audience = "";
  EXPECT_THAT(MakeTokenAuthenticator(options), wrong);
  options.audience = kAudience;
  options.issuer = "";
  EXPECT_THAT(MakeTokenAuthenticator(options), wrong);
}

}  // namespace
}  // namespace sakip::auth
