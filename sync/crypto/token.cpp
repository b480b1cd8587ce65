#include "sync/crypto/token.h"

#include <array>
#include <optional>

#include "sync/base/check.h"

namespace fieldnode::crypto {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kCheckSymbols = 2;
constexpr std::size_t kGroupCharacters = 4;

using Symbols = std::vector<std::uint8_t>;  // 0..31 each

Symbols symbols_of(BytesView bytes) {
  Symbols symbols;
  std::uint32_t pending = 0;
  unsigned pending_bits = 0;
  for (auto const byte : bytes) {
    pending = (pending << 8) | byte;
    pending_bits += 8;
    while (pending_bits >= 5) {
      pending_bits -= 5;
      symbols.push_back((pending >> pending_bits) & 31);
    }
  }
  if (pending_bits > 0) symbols.push_back((pending << (5 - pending_bits)) & 31);
  return symbols;
}

/// Nothing when the padding is not zero or a whole symbol is to spare: each payload has one spelling.
std::optional<Bytes> bytes_from(std::span<std::uint8_t const> symbols) {
  Bytes bytes;
  std::uint32_t pending = 0;
  unsigned pending_bits = 0;
  for (auto const symbol : symbols) {
    pending = (pending << 5) | symbol;
    pending_bits += 5;
    if (pending_bits >= 8) {
      pending_bits -= 8;
      bytes.push_back(static_cast<std::uint8_t>(pending >> pending_bits));
    }
  }
  bool const canonical = pending_bits < 5 && (pending & ((1u << pending_bits) - 1)) == 0;
  return canonical ? std::optional(std::move(bytes)) : std::nullopt;
}

/// Multiplication by x in GF(32) = GF(2)[x] / (x^5 + x^2 + 1).
constexpr std::uint8_t times_x(std::uint8_t a) {
  return static_cast<std::uint8_t>(((a << 1) & 31) ^ ((a & 16) != 0 ? 5 : 0));
}

/// Remainder by (z - 1)(z - x): a Reed-Solomon code of distance 3 for up to 31 symbols, check symbols included.
std::array<std::uint8_t, kCheckSymbols> check_symbols(std::span<std::uint8_t const> data) {
  std::uint8_t high = 0;
  std::uint8_t low = 0;
  for (auto const symbol : data) {
    auto const carry = static_cast<std::uint8_t>(symbol ^ high);
    high = static_cast<std::uint8_t>(low ^ carry ^ times_x(carry));
    low = times_x(carry);
  }
  return {high, low};
}

std::string letters(std::span<std::uint8_t const> symbols) {
  std::string text;
  for (auto const symbol : symbols) text += kAlphabet[symbol];
  return text;
}

std::string in_groups(std::string const& text) {
  std::string grouped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && i % kGroupCharacters == 0) grouped += '-';
    grouped += text[i];
  }
  return grouped;
}

/// What a typed character stands for; nothing when it belongs to no code.
std::optional<std::uint8_t> symbol_of(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  auto const at = kAlphabet.find(c);
  if (at == std::string_view::npos) return std::nullopt;
  return static_cast<std::uint8_t>(at);
}

Refusal bad_code(std::string const& what) {
  return refuse("bad_code", "The code cannot be right: " + what + " Compare it with the paper and type it again.");
}

Result<Symbols> symbols_typed(std::string_view typed) {
  Symbols symbols;
  for (char const c : typed) {
    if (c == '-' || c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    auto const symbol = symbol_of(c);
    if (!symbol) {
      return bad_code("character " + std::to_string(symbols.size() + 1) + " is in no code (digits and letters only).");
    }
    symbols.push_back(*symbol);
    if (symbols.size() > 31) return bad_code("it is too long.");
  }
  if (symbols.size() <= kCheckSymbols) return bad_code("it is too short.");
  return symbols;
}

}  // namespace

std::string random_token(Random& random) {
  std::array<std::uint8_t, 32> bits{};
  random.fill(bits);
  return to_hex(bits);
}

std::string random_token_base32(Random& random) {
  std::array<std::uint8_t, 32> bits{};
  random.fill(bits);
  return to_base32(bits);
}

std::string to_base32(BytesView bytes) { return letters(symbols_of(bytes)); }

std::string to_code(BytesView payload) {
  check(!payload.empty() && payload.size() <= kCodeMaxBytes, "a code carries 1 to 18 bytes");
  Symbols symbols = symbols_of(payload);
  for (auto const symbol : check_symbols(symbols)) symbols.push_back(symbol);
  return in_groups(letters(symbols));
}

std::string random_code(Random& random, std::size_t bytes) {
  Bytes payload(bytes);
  random.fill(payload);
  return to_code(payload);
}

Result<Bytes> read_code(std::string_view typed) {
  auto const symbols = symbols_typed(typed);
  if (!symbols) return symbols.error();
  auto const data = std::span(*symbols).first(symbols->size() - kCheckSymbols);
  auto const expected = check_symbols(data);
  auto const given = std::span(*symbols).last(kCheckSymbols);
  if (given[0] != expected[0] || given[1] != expected[1]) return bad_code("a character is wrong or missing.");
  auto payload = bytes_from(data);
  if (!payload || payload->empty()) return bad_code("its length fits no code.");
  return *payload;
}

}  // namespace fieldnode::crypto
