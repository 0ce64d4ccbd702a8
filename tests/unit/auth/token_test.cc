#include "auth/token.h"

#include <gtest/gtest.h>

#include <set>

#include "auth/hmac.h"

namespace minato::auth {
namespace {

TEST(Token, HasThePrefixAnd256BitsInBase64Url) {
  const std::string token = make_token();
  EXPECT_EQ(token.size(), 50U);
  EXPECT_TRUE(token.starts_with("minato_"));
  EXPECT_TRUE(looks_like_token(token));
  // 43 characters hold 258 bits: the last one leaves two of them unused.
  EXPECT_NE(std::string_view("AEIMQUYcgkosw048").find(token.back()), std::string_view::npos);
}

TEST(Token, IsNeverMadeTwice) {
  std::set<std::string> tokens;
  std::set<char> characters;
  for (int i = 0; i < 1000; ++i) {
    const std::string token = make_token();
    characters.insert(token.begin() + 7, token.end());
    tokens.insert(token);
  }
  EXPECT_EQ(tokens.size(), 1000U);
  EXPECT_EQ(characters.size(), 64U) << "all of base64url's characters come up";
}

TEST(Token, LooksLikeOneOnlyInItsWholeForm) {
  const std::string body(43, 'a');
  EXPECT_TRUE(looks_like_token("minato_" + body));
  EXPECT_TRUE(looks_like_token("minato_" + std::string(41, '0') + "-_"));
  for (const std::string& text :
       {std::string(), std::string("minato_"), "minato_" + body + "a", "minato_" + body.substr(1),
        "Minato_" + body, "minato-" + body, body + "minato_", "minato_" + body.substr(1) + "+",
        "minato_" + body.substr(1) + "=", "minato_" + body.substr(1) + '\0',
        "minato_" + body.substr(1) + "\xE3", " minato_" + body.substr(1)}) {
    EXPECT_FALSE(looks_like_token(text)) << text;
  }
}

TEST(Token, HashIsHmacSha256UnderTheSecret) {
  // RFC 4231, test case 2.
  EXPECT_EQ(token_hash("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  const std::string token = make_token();
  EXPECT_EQ(token_hash("secret", token), token_hash("secret", token));
  EXPECT_NE(token_hash("secret", token), token_hash("Secret", token));
  EXPECT_NE(token_hash("secret", token), token_hash("secret", make_token()));
}

TEST(Hmac, TakesKeysLongerThanABlockAndEmptyOnes) {
  // RFC 4231, test case 6.
  EXPECT_EQ(hmac_sha256_hex(std::string(131, '\xaa'),
                            "Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  EXPECT_EQ(hmac_sha256_hex("key", "x").size(), 64U);
  // Nothing of the key before is used again.
  EXPECT_EQ(hmac_sha256_hex(std::string_view(), ""),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
  EXPECT_EQ(hmac_sha256("key", "x").size(), 32U);
}

TEST(Authorization, GivesTheTokenRawOrBehindBearer) {
  EXPECT_EQ(token_of_authorization("minato_abc"), "minato_abc");
  EXPECT_EQ(token_of_authorization("  minato_abc\t"), "minato_abc");
  EXPECT_EQ(token_of_authorization("Bearer minato_abc"), "minato_abc");
  EXPECT_EQ(token_of_authorization("bearer   minato_abc "), "minato_abc");
  EXPECT_EQ(token_of_authorization("BEARER\tminato_abc"), "minato_abc");
}

TEST(Authorization, OfOtherSchemesOrWithoutATokenIsEmpty) {
  for (const char* value : {"", "   ", "Bearer", "Bearer  ",
                            "Basic dXNlcjpwdw==", "Digest a=b, c=d", "Bearer a b", "Bearers x"}) {
    EXPECT_EQ(token_of_authorization(value), "") << value;
  }
}

}  // namespace
}  // namespace minato::auth
