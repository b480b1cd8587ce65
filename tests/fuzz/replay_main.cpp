// Feeds every file of a corpus folder to one fuzz target, without a fuzzer: `<name>_replay FOLDER`.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

namespace {

std::vector<std::filesystem::path> corpus_files(std::filesystem::path const& folder) {
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

std::vector<std::uint8_t> read_bytes(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Each input stands in a vector of exactly its size, so that a read past the end is seen by a sanitizer.
void replay(std::filesystem::path const& path) {
  auto const bytes = read_bytes(path);
  // Named and flushed before the run: after a crash the last line tells the culprit.
  std::cout << path.filename().string() << ": " << bytes.size() << " bytes" << std::endl;
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 || !std::filesystem::is_directory(argv[1])) {
    std::cerr << "usage: " << argv[0] << " CORPUS_FOLDER (an existing folder of input files)\n";
    return 2;
  }
  auto const files = corpus_files(argv[1]);
  if (files.empty()) {
    std::cerr << argv[1] << " holds no file: a replay of nothing proves nothing; add at least one valid input\n";
    return 1;
  }
  LLVMFuzzerTestOneInput(nullptr, 0);
  std::ranges::for_each(files, replay);
  std::cout << files.size() << " inputs replayed\n";
  return 0;
}
