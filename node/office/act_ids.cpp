#include "node/office/act_ids.h"

namespace fieldnode::office {

std::optional<ActIds::Known> ActIds::find(std::string_view id) {
  auto rows = connection_.prepare("SELECT seq, content FROM act_id WHERE id = :id");
  auto const row = rows.bind(":id", id).next();
  if (!row) return std::nullopt;
  return Known{row->get<std::uint64_t>(0), row->get<Hash>(1)};
}

void ActIds::keep(std::string_view id, Known const& known) {
  connection_.prepare("INSERT INTO act_id (id, seq, content) VALUES (:id, :seq, :content)")
      .bind(":id", id)
      .bind(":seq", known.seq)
      .bind(":content", known.content)
      .run();
}

}  // namespace fieldnode::office
