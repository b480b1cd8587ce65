#include "sync/base/check.h"
#include "sync/crypto/hash.h"
#include "sync/engine/bundle_memory.h"
#include "sync/engine/bundle_reader.h"
#include "sync/wire/bundle_files.h"

using namespace fieldnode;

namespace {

struct World {
  SeededRandom random{1};
  std::unique_ptr<crypto::SignatureSuite> suite = crypto::ed25519_suite();
  crypto::KeyPair node = suite->make_keys(random);
  crypto::KeyPair city = suite->make_keys(random);
};

/// What a record of files says comes back as it was written, or is refused.
void try_files(BytesView bytes) {
  if (auto const states = wire::decode_file_states(bytes)) {
    check(states->files.size() <= wire::kBundleFilesMost, "more files than a bundle speaks of");
    check(wire::decode_file_states(wire::encode_file_states(*states)) == *states, "states come back");
  }
  if (auto const part = wire::decode_file_part(bytes)) {
    check(!part->content.empty() && part->content.size() <= wire::kBundlePartMaxBytes, "a part of another size");
    check(wire::decode_file_part(wire::encode_file_part(*part)) == *part, "a part comes back");
  }
}

/// Reads what there is; whatever it is, it ends in a refusal or in the messages.
std::uint64_t messages_in(World const& world, Bytes bytes) {
  engine::MemoryBundle source(std::move(bytes));
  auto reader = engine::BundleReader::open(source, *world.suite, [&](wire::BundleHeader const&) {
    return Result<engine::BundleReader::Keys>(engine::BundleReader::Keys{world.city, world.node.public_key});
  });
  if (!reader) return 0;
  std::uint64_t messages = 0;
  while (true) {
    auto const next = reader->next();
    check(next.has_value(), "what was signed and lies still opens");
    if (!*next) return messages;
    ++messages;
  }
}

/// The records of the input behind a good front, and a good signature behind them: the way past the signature, which a
/// fuzzer does not find.
void try_signed(World& world, BytesView records) {
  wire::BundleHeader header{
      .suite = wire::SuiteId::kEd25519, .way = wire::BundleWay::kToCentre, .unit = UnitId{1}, .node = NodeId{1}};
  auto bytes = wire::encode_bundle_front(header);
  bytes.insert(bytes.end(), records.begin(), records.end());
  auto const signature = world.suite->sign(wire::signed_bytes(header, crypto::sha256(bytes)), world.node.secret_key);
  auto const end = wire::encode_record_lead({0, signature.size()});
  bytes.insert(bytes.end(), end.begin(), end.end());
  bytes.insert(bytes.end(), signature.begin(), signature.end());
  engine::MemoryBundle source(std::move(bytes));
  auto reader = engine::BundleReader::open(source, *world.suite, [&](wire::BundleHeader const&) {
    return Result<engine::BundleReader::Keys>(engine::BundleReader::Keys{world.city, world.node.public_key});
  });
  while (reader) {
    auto const next = reader->next();
    if (!next || !*next) return;
  }
}

void try_header(BytesView bytes) {
  auto const header = wire::decode_bundle_header(bytes);
  if (!header) return;
  auto const front = wire::encode_bundle_front(*header);
  check(wire::decode_bundle_header(BytesView(front).subspan(wire::kBundleLeadBytes)) == *header, "a header comes back");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static World world;
  BytesView const bytes(data, size);
  (void)messages_in(world, Bytes(bytes.begin(), bytes.end()));
  try_signed(world, bytes);
  try_header(bytes);
  try_files(bytes);
  return 0;
}
