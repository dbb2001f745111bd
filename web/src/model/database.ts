/** IndexedDB by promises, as far as the cache needs it: it answers by events. */

/** Open a database whose stores keep their keys beside their values; `onClosed` hears that the browser has closed it. */
export function openDatabase(
  name: string,
  version: number,
  stores: readonly string[],
  onClosed: () => void,
): Promise<IDBDatabase> {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => {
    for (const store of stores) request.result.createObjectStore(store);
  };
  return answerTo(request).then((database) => {
    database.onclose = onClosed;
    // A newer page wants another shape: this one keeps nothing any more, and is told to be loaded again by its server.
    database.onversionchange = () => database.close();
    return database;
  });
}

export function answerTo<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Keep what was asked for, also where the page is closed at this moment; resolves when it is kept. */
export function commit(transaction: IDBTransaction): Promise<void> {
  transaction.commit();
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    // What failed in it has ended it as well.
    transaction.onabort = () => reject(transaction.error);
  });
}
