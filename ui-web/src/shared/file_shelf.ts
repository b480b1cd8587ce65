/**
 * Files that are being sent, kept by the browser until they are there, so that a reload goes on by itself. Where the browser keeps
 * none, the page asks for the file once more and goes on from what the server has.
 */
export class FileShelf {
  private opening: Promise<IDBDatabase | null> | null = null;

  async keep(upload: string, content: Blob): Promise<void> {
    await this.use('readwrite', (files) => files.put(content, upload));
  }

  async find(upload: string): Promise<Blob | null> {
    const found = await this.use('readonly', (files) => files.get(upload) as IDBRequest<unknown>);
    return found instanceof Blob ? found : null;
  }

  async drop(upload: string): Promise<void> {
    await this.use('readwrite', (files) => files.delete(upload));
  }

  private async use<Value>(mode: IDBTransactionMode, ask: (files: IDBObjectStore) => IDBRequest<Value>): Promise<Value | null> {
    const database = await (this.opening ??= openDatabase());
    if (database === null) return null;
    return new Promise((resolve) => {
      try {
        const request = ask(database.transaction(kFiles, mode).objectStore(kFiles));
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => resolve(null);
      } catch {
        resolve(null);
      }
    });
  }
}

const kFiles = 'files';

function openDatabase(): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open('fieldnode.uploads', 1);
      request.onupgradeneeded = () => request.result.createObjectStore(kFiles);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
      request.onblocked = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}
