export default function HomePage() {
  return (
    <main>
      <h1>Qify</h1>
      <p>An SDR that never sleeps.</p>
    </main>
  );
}
