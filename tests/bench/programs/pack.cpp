// The least that a batch can be: bench_pack SAMPLES BATCH ... compresses each batch as one stream by zstd at level 19,
// with a dictionary trained on SAMPLES (the same kind of batch of other offices). Writes BATCH.zst without the
// dictionary and BATCH.dict.zst with it.
#include <fmt/format.h>
#include <zdict.h>
#include <zstd.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "sync/base/result.h"

namespace fieldnode::bench {
namespace {

constexpr int kLevel = 19;
constexpr std::size_t kDictionaryBytes = 112 * 1024;
constexpr std::size_t kSampleBytes = 1024;

using Text = std::vector<char>;

Text read(std::string const& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw BrokenWorld("cannot read " + file);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(std::string const& file, Text const& text) {
  std::ofstream out(file, std::ios::binary);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  if (!out) throw BrokenWorld("cannot write " + file);
}

std::size_t checked(std::size_t code) {
  if (ZSTD_isError(code) != 0) throw BrokenWorld(ZSTD_getErrorName(code));
  return code;
}

Text trained(Text const& samples) {
  std::vector<std::size_t> const sizes(samples.size() / kSampleBytes, kSampleBytes);
  Text dictionary(kDictionaryBytes);
  dictionary.resize(checked(ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), samples.data(), sizes.data(),
                                                  static_cast<unsigned>(sizes.size()))));
  return dictionary;
}

Text compressed(Text const& text, Text const& dictionary) {
  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> const context(ZSTD_createCCtx(), ZSTD_freeCCtx);
  Text result(ZSTD_compressBound(text.size()));
  result.resize(checked(ZSTD_compress_usingDict(context.get(), result.data(), result.size(), text.data(), text.size(),
                                                dictionary.data(), dictionary.size(), kLevel)));
  return result;
}

void run(std::vector<std::string> const& files) {
  auto const dictionary = trained(read(files.front()));
  for (std::size_t i = 1; i < files.size(); ++i) {
    auto const text = read(files[i]);
    write(files[i] + ".zst", compressed(text, {}));
    write(files[i] + ".dict.zst", compressed(text, dictionary));
  }
}

}  // namespace
}  // namespace fieldnode::bench

int main(int count, char** arguments) {
  if (count < 3) {
    fmt::print(stderr, "usage: bench_pack SAMPLES BATCH ...\n");
    return 2;
  }
  try {
    fieldnode::bench::run({arguments + 1, arguments + count});
    return 0;
  } catch (std::exception const& broken) {
    fmt::print(stderr, "bench_pack: {}\n", broken.what());
    return 1;
  }
}
