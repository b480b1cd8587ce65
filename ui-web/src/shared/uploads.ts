import { signal } from '@preact/signals';

import { isAnswered, type Api } from './api';
import type { Problem } from './api_types';
import type { FormFile } from './attachment_types';
import { FileShelf } from './file_shelf';

/**
 * sending: on its way, `held` bytes are there; waiting: no answer, it goes on by itself; failed: it will not be taken; lost: its content
 * is on this PC no more, the file has to be chosen again.
 */
export type UploadProgress =
  | { phase: 'sending'; held: number }
  | { phase: 'waiting'; held: number }
  | { phase: 'failed'; problem: Problem }
  | { phase: 'lost' };

interface UploadAnswer {
  held: number;
  size: number;
  piece_max_bytes: number;
  address: string | null;
}

/** Where an upload goes: `/api/assignments/12`; told when the file is there. */
export interface UploadPlace {
  base: string;
  arrived: (upload: string, address: string) => void;
}

const kPieceBytes = 256 * 1024;
const kWaitMs = 2_000;

/** Sends files to the server piece by piece. It outlives the form that a file was chosen in. */
export class Uploads {
  readonly progress = signal<Record<string, UploadProgress>>({});
  private readonly running = new Set<string>();
  private readonly stopped = new Set<string>();

  constructor(
    private readonly api: Api,
    private readonly shelf = new FileShelf(),
  ) {}

  /** Begins with a file that was just chosen. */
  async begin(place: UploadPlace, file: FormFile, content: Blob): Promise<void> {
    this.stopped.delete(file.upload);
    this.tell(file.upload, { phase: 'sending', held: 0 });
    await this.shelf.keep(file.upload, content);
    await this.run(place, file, content);
  }

  /** Goes on with a file of a draft after a reload; does nothing for one that is on its way already. */
  async resume(place: UploadPlace, file: FormFile): Promise<void> {
    if (file.address !== null || this.running.has(file.upload)) return;
    const content = await this.shelf.find(file.upload);
    if (content === null) return this.tell(file.upload, { phase: 'lost' });
    await this.run(place, file, content);
  }

  /** The file was taken out of its form. */
  stop(upload: string): void {
    this.stopped.add(upload);
    void this.shelf.drop(upload);
  }

  private async run(place: UploadPlace, file: FormFile, content: Blob): Promise<void> {
    if (this.running.has(file.upload)) return;
    this.running.add(file.upload);
    try {
      let state = await this.ask(file, () => this.announce(place, file));
      while (state !== null && state.address === null) {
        const { held, piece_max_bytes: most } = state;
        const piece = content.slice(held, held + Math.min(kPieceBytes, most));
        state = await this.ask(file, () => this.api.putPiece<UploadAnswer>(`${doorOf(place, file)}?offset=${held}`, piece), () => this.announce(place, file));
      }
      if (state?.address) this.arrive(place, file, state.address);
    } finally {
      this.running.delete(file.upload);
    }
  }

  private announce(place: UploadPlace, { upload, name, size }: FormFile) {
    return this.api.post<UploadAnswer>(`${place.base}/uploads`, { upload, name, size });
  }

  /** Asks until there is an answer. Where a piece did not fit, the server is asked how far it is. Nothing: it will not be taken. */
  private async ask(file: FormFile, send: () => ReturnType<Uploads['announce']>, learn = send): Promise<UploadAnswer | null> {
    let next = send;
    while (!this.stopped.has(file.upload)) {
      const answer = await next();
      if (answer.ok) {
        this.tell(file.upload, { phase: 'sending', held: answer.value.held });
        return answer.value;
      }
      const { problem } = answer;
      const passes = !isAnswered(problem) || problem.status === 401 || problem.code === 'writer_busy';
      if (problem.code !== 'wrong_offset' && !passes) {
        this.tell(file.upload, { phase: 'failed', problem });
        return null;
      }
      if (passes) await this.wait(file.upload);
      next = learn;
    }
    return null;
  }

  private async wait(upload: string): Promise<void> {
    const before = this.progress.value[upload];
    this.tell(upload, { phase: 'waiting', held: before && 'held' in before ? before.held : 0 });
    await new Promise((resolve) => setTimeout(resolve, kWaitMs));
  }

  private arrive(place: UploadPlace, file: FormFile, address: string): void {
    void this.shelf.drop(file.upload);
    place.arrived(file.upload, address);
  }

  private tell(upload: string, progress: UploadProgress): void {
    this.progress.value = { ...this.progress.value, [upload]: progress };
  }
}

function doorOf(place: UploadPlace, file: FormFile): string {
  return `${place.base}/uploads/${encodeURIComponent(file.upload)}`;
}
