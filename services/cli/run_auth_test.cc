#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "services/cli/run.h"

namespace sakip::cli {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

struct Outcome {
  int code = -1;
  std::string out;
  std::string err;
};

// The commands need no service: all is in a folder.
class AuthTest : public ::testing::Test {
 protected:
  AuthTest() {
    std::string pattern = ::testing::TempDir() + "/auth_XXXXXX";
    folder_ = mkdtemp(pattern.data());
  }
  ~AuthTest() override { std::filesystem::remove_all(folder_); }

  std::string File(const std::string& name) const { return folder_ + "/" + name; }

  std::string Write(const std::string& name, const std::string& text) const {
    std::ofstream(File(name)) << text;
    return File(name);
  }

  static Outcome Run(std::vector<std::string> args, const std::vector<std::string>& more = {}) {
    args.insert(args.begin(), "auth");
    args.insert(args.end(), more.begin(), more.end());
    std::ostringstream out;
    std::ostringstream err;
    Environment environment;
    environment.variable = [](const std::string&) { return std::string(); };
    const int code = cli::Run(args, out, err, environment);
    return {code, out.str(), err.str()};
  }

  // A key in the file `name` and in the JWKS; returns what it is called.
  std::string AddKey(const std::string& name, const std::string& algorithm = "EdDSA") {
    const Outcome made = Run({"key", "generate", "--file", File(name), "--algorithm", algorithm});
    EXPECT_EQ(made.code, 0) << made.err;
    EXPECT_EQ(Run({"jwks", "add", "--file", File("jwks.json"), "--key", File(name)}).code, 0);
    return made.out.substr(0, made.out.find(' '));
  }

  Outcome Issue(const std::string& key, const std::vector<std::string>& more = {}) {
    return Run({"token", "issue", "--key", File(key), "--issuer", "https://issuer.example",
                "--audience", "sakip", "--subject", "siti", "--role", "planner", "--role",
                "reporter", "--scope", "regions/35.09"},
               more);
  }

  Outcome Check(const std::string& token, const std::string& audience = "sakip",
                const std::vector<std::string>& more = {}) {
    return Run({"token", "check", Write("token", token), "--jwks", File("jwks.json"), "--issuer",
                "https://issuer.example", "--audience", audience},
               more);
  }

  std::string folder_;
};

TEST_F(AuthTest, MakesKeysThatOnlyTheirOwnerReads) {
  const Outcome made = Run({"key", "generate", "--file", File("key")});

  ASSERT_EQ(made.code, 0) << made.err;
  EXPECT_THAT(made.out, HasSubstr("  EdDSA\n"));
  struct stat status = {};
  ASSERT_EQ(stat(File("key").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_EQ(Run({"key", "show", "--file", File("key")}).out, made.out);
  const Outcome again = Run({"key", "generate", "--file", File("key")});
  EXPECT_EQ(again.code, 2);
  EXPECT_THAT(again.err, HasSubstr("is there already"));
}

TEST_F(AuthTest, TellsPrivateKeysToNobody) {
  AddKey("key");
  std::ifstream jwks(File("jwks.json"));
  const json published = json::parse(jwks);
  EXPECT_FALSE(published.at("keys").at(0).contains("d"));
  const json shown =
      json::parse(Run({"key", "show", "--file", File("key"), "--output", "json"}).out);
  EXPECT_FALSE(shown.at("jwk").contains("d"));

  std::filesystem::permissions(File("key"), std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  const Outcome exposed = Issue("key");
  EXPECT_EQ(exposed.code, 2);
  EXPECT_THAT(exposed.err, HasSubstr("chmod 0600"));
}

TEST_F(AuthTest, IssuesTokensThatServicesTake) {
  for (const std::string algorithm : {"EdDSA", "ES256", "RS256"}) {
    const std::string key = "key-" + algorithm;
    const std::string kid = AddKey(key, algorithm);
    const Outcome issued = Issue(key);
    ASSERT_EQ(issued.code, 0) << issued.err;

    const Outcome checked = Check(issued.out);

    EXPECT_EQ(checked.code, 0) << checked.err;
    EXPECT_THAT(checked.out, HasSubstr("subject      siti\n"
                                       "roles        planner, reporter\n"
                                       "scopes       regions/35.09\n"
                                       "taken until  "));
    EXPECT_EQ(json::parse(Issue(key, {"--output", "json"}).out).at("kid"), kid);
  }
}

TEST_F(AuthTest, SaysWhyATokenIsNotTaken) {
  AddKey("key");

  const Outcome other = Check(Issue("key").out, "other");
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.err, HasSubstr("UNAUTHENTICATED IDENTITY_INVALID"));
  EXPECT_THAT(other.err, HasSubstr("another audience"));
  const Outcome longer = Issue("key", {"--lifetime", "8h"});
  EXPECT_EQ(longer.code, 0);
  EXPECT_THAT(longer.err, HasSubstr("at most 15m"));
  EXPECT_THAT(Check(longer.out).err, HasSubstr("longer than the 15m"));
  EXPECT_EQ(Check("x").code, 1);
  std::filesystem::remove(File("jwks.json"));
  EXPECT_EQ(Check("x").code, 2);
}

TEST_F(AuthTest, BindsATokenToACertificate) {
  AddKey("key");
  const std::string pem =
      Write("client.pem", "-----BEGIN CERTIFICATE-----\nYWJj\n-----END CERTIFICATE-----\n");

  const Outcome issued = Issue("key", {"--certificate", pem});

  ASSERT_EQ(issued.code, 0) << issued.err;
  EXPECT_EQ(json::parse(Check(issued.out, "sakip", {"--output", "json"}).out).at("bound"), true);
  const Outcome none = Issue("key", {"--certificate", Write("empty.pem", "none")});
  EXPECT_EQ(none.code, 2);
  EXPECT_THAT(none.err, HasSubstr("holds no certificate"));
}

TEST_F(AuthTest, RollsKeys) {
  const std::string old_kid = AddKey("old");
  const std::string old_token = Issue("old").out;
  const std::string new_kid = AddKey("new", "ES256");
  const std::string new_token = Issue("new").out;
  EXPECT_EQ(Check(old_token).code, 0);
  EXPECT_EQ(Check(new_token).code, 0);

  const Outcome retired = Run({"jwks", "retire", "--file", File("jwks.json"), "--kid", old_kid});

  EXPECT_EQ(retired.code, 0);
  EXPECT_EQ(retired.out, new_kid + "  ES256\n");
  EXPECT_THAT(Check(old_token).err, HasSubstr("key that is not known"));
  EXPECT_EQ(Check(new_token).code, 0);
  EXPECT_EQ(Run({"jwks", "retire", "--file", File("jwks.json"), "--kid", old_kid}).code, 2);
  const Outcome twice = Run({"jwks", "add", "--file", File("jwks.json"), "--key", File("new")});
  EXPECT_EQ(twice.code, 2);
  EXPECT_THAT(twice.err, HasSubstr("the `kid` of another key"));
}

TEST_F(AuthTest, ShowsWhatServicesLeaveOut) {
  const std::string path =
      Write("other.json", R"({"keys":[{"kty":"oct","kid":"a","k":"c2VjcmV0"}]})");

  const Outcome shown = Run({"jwks", "show", "--file", path});

  EXPECT_EQ(shown.code, 0);
  EXPECT_EQ(shown.out, "");
  EXPECT_THAT(shown.err, HasSubstr("services leave out keys[0]: it is neither RSA"));
}

TEST_F(AuthTest, RefusesWrongArguments) {
  AddKey("key");

  EXPECT_EQ(Issue("key", {"--role", "service"}).code, 2);
  EXPECT_EQ(Issue("key", {"--role", "king"}).code, 2);
  EXPECT_THAT(Issue("key", {"--scope", "35.09"}).err, HasSubstr("no region and no agency"));
  EXPECT_THAT(Issue("key", {"--lifetime", "0s"}).err, HasSubstr("--lifetime takes a time"));
  EXPECT_THAT(Issue("key", {"--lifetime", "soon"}).err, HasSubstr("--lifetime takes a time"));
  EXPECT_EQ(Issue("missing").code, 2);
  EXPECT_EQ(Run({"key", "generate", "--file", File("k"), "--algorithm", "HS256"}).code, 2);
}

TEST_F(AuthTest, TellsAnIssuerThatCannotBeReachedFromARefusal) {
  const Outcome outcome = Run({"token", "check", Write("token", "x"), "--jwks",
                               "http://127.0.0.1:1/jwks", "--issuer", "i", "--audience", "a"});

  EXPECT_EQ(outcome.code, 3);
}

}  // namespace
}  // namespace sakip::cli
