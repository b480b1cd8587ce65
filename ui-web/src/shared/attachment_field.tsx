import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';

import { newActId } from './act_id';
import { filesOf, kAttachmentClasses, kFilesField, textOfFiles, type AttachmentClass, type FormFile } from './attachment_types';
import { downscaled } from './downscale';
import type { FormModel } from './form_model';
import { Icon } from './icon';
import { spellSize } from './spell';
import type { UploadPlace, UploadProgress, Uploads } from './uploads';
import { nameOf, say, t } from './words';

interface AttachmentFieldProps {
  form: FormModel;
  uploads: Uploads;
  /** Where the files go: `/api/assignments/12`. */
  base: string;
  /** What a file of this form mostly shows. */
  usual: AttachmentClass;
}

/** Files of a form: chosen, dropped or taken with the camera; sent while the rest is filled in. */
export function AttachmentField({ form, uploads, base, usual }: AttachmentFieldProps) {
  const place = useMemo(() => placeOf(form, base), [form, base]);
  const original = useSignal(false);
  const over = useSignal(false);
  const files = filesOf(form.fields.value);
  useEffect(() => {
    for (const file of filesOf(form.fields.value)) void uploads.resume(place, file);
  }, [form, place, uploads]);
  const add = async (chosen: FileList | null) => {
    for (const file of Array.from(chosen ?? [])) await addOne(form, uploads, place, original.value ? file : await downscaled(file), usual);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    over.value = false;
    void add(event.dataTransfer?.files ?? null);
  };
  const id = `files-${form.subject}-${form.kind}`;
  return (
    <div
      class={over.value ? 'field attach over' : 'field attach'}
      role="group"
      aria-labelledby={id}
      data-testid="attach"
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => (over.value = false)}
      onDrop={drop}
    >
      <span class="label" id={id}>
        {t('attach.label')}
      </span>
      <div class="row attach-ways">
        <FileButton label={t('attach.choose')} testid="attach-choose" add={add} />
        <FileButton label={t('attach.camera')} testid="attach-camera" add={add} camera />
        <label class="attach-original">
          <input type="checkbox" checked={original.value} onChange={(event) => (original.value = event.currentTarget.checked)} data-testid="attach-original" />
          {t('attach.original')}
        </label>
      </div>
      <p class="hint">{t('attach.hint')}</p>
      {form.faults.value.includes(kFilesField) ? (
        <p class="fault" role="alert" data-testid="attach-fault">
          {t('attach.wait')}
        </p>
      ) : null}
      {files.length > 0 ? (
        <ul class="attach-files" data-testid="attach-files">
          {files.map((file) => (
            <FileRow key={file.upload} file={file} progress={uploads.progress.value[file.upload]} form={form} remove={() => remove(form, uploads, file)} />
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function placeOf(form: FormModel, base: string): UploadPlace {
  return { base, arrived: (upload, address) => change(form, (files) => files.map((file) => (file.upload === upload ? { ...file, address } : file))) };
}

/** What another tab has changed meanwhile is taken up first. */
function change(form: FormModel, next: (files: FormFile[]) => FormFile[]): void {
  form.follow();
  form.set(kFilesField, textOfFiles(next(filesOf(form.fields.value))));
}

/** A file that was lost in a reload and is chosen again goes on from what the server has. */
async function addOne(form: FormModel, uploads: Uploads, place: UploadPlace, content: File, usual: AttachmentClass): Promise<void> {
  const { name, size } = content;
  const lost = filesOf(form.fields.value).find((file) => file.name === name && file.size === size && file.address === null);
  const file = lost ?? { upload: newActId(), name, size, class: usual, address: null };
  if (!lost) change(form, (files) => [...files, file]);
  void uploads.begin(place, file, content);
}

function remove(form: FormModel, uploads: Uploads, file: FormFile): void {
  uploads.stop(file.upload);
  change(form, (files) => files.filter((one) => one.upload !== file.upload));
}

interface FileButtonProps {
  label: string;
  testid: string;
  add: (files: FileList | null) => Promise<void>;
  camera?: boolean;
}

function FileButton({ label, testid, add, camera }: FileButtonProps) {
  const chosen = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    void add(input.files).then(() => (input.value = ''));
  };
  return (
    <label class="button file-button">
      <input type="file" class="unseen" multiple={!camera} {...(camera ? { accept: 'image/*', capture: 'environment' } : {})} onChange={chosen} data-testid={testid} />
      {label}
    </label>
  );
}

interface FileRowProps {
  file: FormFile;
  progress: UploadProgress | undefined;
  form: FormModel;
  remove: () => void;
}

function FileRow({ file, progress, form, remove: takeOut }: FileRowProps) {
  const choose = (event: Event) => {
    const chosen = (event.currentTarget as HTMLSelectElement).value as AttachmentClass;
    change(form, (files) => files.map((one) => (one.upload === file.upload ? { ...one, class: chosen } : one)));
  };
  return (
    <li class="attach-file" data-testid="attach-file" data-state={file.address ? 'here' : (progress?.phase ?? 'sending')}>
      <Icon name="file" />
      <span class="attach-name">{file.name}</span>
      <span class="attach-size">{spellSize(file.size)}</span>
      <select value={file.class} onChange={choose} aria-label={t('attach.class_of', { name: file.name })}>
        {kAttachmentClasses.map((one) => (
          <option key={one} value={one}>
            {nameOf('attachment_class', one)}
          </option>
        ))}
      </select>
      <FileState file={file} progress={progress} />
      <button type="button" class="quiet" onClick={takeOut} aria-label={t('attach.remove', { name: file.name })} data-testid="attach-remove">
        <Icon name="cross" />
      </button>
    </li>
  );
}

function FileState({ file, progress }: { file: FormFile; progress: UploadProgress | undefined }) {
  if (file.address !== null) return <span class="attach-state done">{t('attach.done')}</span>;
  if (progress?.phase === 'failed') {
    return (
      <span class="attach-state fault" role="alert">
        {say(progress.problem.sentence) || progress.problem.code}
      </span>
    );
  }
  if (progress?.phase === 'lost') return <span class="attach-state fault">{t('attach.lost')}</span>;
  const percent = Math.floor(((progress?.held ?? 0) * 100) / Math.max(1, file.size));
  return (
    <span class="attach-state">
      <progress max={100} value={percent} aria-label={t('attach.progress_of', { name: file.name })} />
      {t(progress?.phase === 'waiting' ? 'attach.waiting' : 'attach.sending', { percent })}
    </span>
  );
}
